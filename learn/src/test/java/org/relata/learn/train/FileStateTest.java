package org.relata.learn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.algebra.run.TrainingState.Saved;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// A state in a file.
class FileStateTest {
    private static final Saved SAVED = new Saved(
            "step 3 – \"quoted\"",
            Map.of(
                    "w",
                    Relation.empty(List.of(Attribute.integer("id"), Attribute.text("word")), Shape.of(2, 2))
                            .plus(Key.of(1, "ä'"), Tensor.of(Shape.of(2, 2), 0.1, -0.0, Double.MIN_VALUE, 1e300))
                            .plus(Key.of(Long.MIN_VALUE, ""), Tensor.of(Shape.of(2, 2), 1, 2, 3, 4)),
                    "loss",
                    Relation.scalar(1.0 / 3)));

    @TempDir
    Path folder;

    @Test
    void whatIsSavedIsLoaded() {
        FileState state = state();
        assertEquals(Optional.empty(), state.load());
        state.save(SAVED);
        assertEquals(Optional.of(SAVED), state.load());
        state.save(new Saved("later", Map.of()));
        assertEquals(Optional.of(new Saved("later", Map.of())), state.load());
        state.clear();
        assertEquals(Optional.empty(), state.load());
        state.clear();
    }

    @Test
    void nothingElseIsLeftInTheFolder() throws IOException {
        state().save(SAVED);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of("state"),
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }

    @Test
    void anyByteThatChangesIsNoticed() throws IOException {
        state().save(SAVED);
        byte[] whole = Files.readAllBytes(folder.resolve("state"));
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            Files.write(folder.resolve("state"), damaged);
            AlgebraException error = assertThrows(AlgebraException.class, () -> state().load());
            assertTrue(error.getMessage().endsWith("; start afresh"), error.getMessage());
        }
    }

    @Test
    void aFileThatIsCutShortIsNoticed() throws IOException {
        state().save(SAVED);
        byte[] whole = Files.readAllBytes(folder.resolve("state"));
        for (int length = 0; length < whole.length; length++) {
            Files.write(folder.resolve("state"), java.util.Arrays.copyOf(whole, length));
            assertThrows(AlgebraException.class, () -> state().load(), "cut to " + length);
        }
    }

    @Test
    void aFolderThatIsNotThereIsAnError() {
        AlgebraException error =
                assertThrows(AlgebraException.class, () -> new FileState(folder.resolve("none/state")).save(SAVED));
        assertEquals("state.write", error.code());
    }

    private FileState state() {
        return new FileState(folder.resolve("state"));
    }
}
