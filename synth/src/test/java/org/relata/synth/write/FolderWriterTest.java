package org.relata.synth.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.database.source.Databases;
import org.relata.database.source.OpenRequest;
import org.relata.database.task.TaskFiles;
import org.relata.synth.SyntheticDataset;
import org.relata.synth.config.Choices;
import org.relata.synth.config.Config;
import org.relata.synth.config.DatabaseParameters;
import org.relata.synth.config.Preset;

final class FolderWriterTest {
    private static final long MEMORY = 256L << 20;

    @TempDir
    private Path folder;

    private static SyntheticDataset dataset(long seed) {
        Config config = Preset.RICH.config().toBuilder()
                .set(DatabaseParameters.NUM_TABLES_CHOICES, Choices.range(3, 3))
                .set(DatabaseParameters.NUM_COLS_CHOICES, Choices.range(3, 8))
                .set(DatabaseParameters.NUM_ROWS_ENTITY_TABLE_CHOICES, Choices.range(40, 80))
                .set(DatabaseParameters.NUM_ROWS_ACTIVITY_TABLE_CHOICES, Choices.range(100, 200))
                .build();
        return SyntheticDataset.of(seed, config);
    }

    private FolderWriter.Outcome write(long seed, String name, OutputFormat format, int threads) {
        return dataset(seed).write("synthetic", folder.resolve(name), format, MEMORY, threads);
    }

    @ParameterizedTest
    @EnumSource(OutputFormat.class)
    void theSameBytesAreWrittenAgainAndReadBack(OutputFormat format) throws IOException {
        assertTrue(write(3, "a", format, 1).written());
        assertTrue(write(3, "b", format, 2).written());
        if (format != OutputFormat.DUCKDB) { // whose files hold more than rows
            assertEquals(bytes("a"), bytes("b"));
        }
        Path source = format == OutputFormat.DUCKDB ? folder.resolve("a/synthetic.duckdb") : folder.resolve("a");
        Optional<Path> schema =
                format == OutputFormat.RELBENCH ? Optional.empty() : Optional.of(folder.resolve("a/database.yaml"));
        try (Database read = open(source.toString(), schema, "read.duckdb");
                Database made = dataset(3).database(folder.resolve("made.duckdb"))) {
            assertEquals(made.schema().tables(), read.schema().tables());
            assertEquals(made.schema().validationTime(), read.schema().validationTime());
            if (format != OutputFormat.CSV) { // which cannot tell an empty text from none
                assertEquals(made.fingerprint(), read.fingerprint());
            }
        }
    }

    private Database open(String source, Optional<Path> schema, String store) {
        return Databases.open(new OpenRequest(source, schema, folder.resolve(store), MEMORY, 1, Progress.silent()));
    }

    private Map<String, Integer> bytes(String name) throws IOException {
        Map<String, Integer> bytes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve(name))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes.put(folder.resolve(name).relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return bytes;
    }

    @Test
    void aDatabaseThatIsThereIsLeftAloneAndAHalfWrittenOneIsMadeAgain() throws IOException {
        Files.createDirectories(folder.resolve("a.partial/out/db"));
        Files.writeString(folder.resolve("a.partial/out/db/table_0.parquet"), "half");
        assertTrue(write(1, "a", OutputFormat.RELBENCH, 1).written());
        assertFalse(Files.exists(folder.resolve("a.partial")));
        Map<String, Integer> before = bytes("a");
        assertFalse(write(1, "a", OutputFormat.RELBENCH, 1).written());
        assertEquals(before, bytes("a"));
    }

    @Test
    void somethingElseInThePlaceIsRefused() throws IOException {
        write(1, "a", OutputFormat.PARQUET, 1);
        assertEquals("synth.exists", refused(2, "a", OutputFormat.PARQUET));
        assertEquals("synth.exists", refused(1, "a", OutputFormat.CSV));
        Path lost = folder.resolve("a/table_0.parquet");
        Files.write(lost, new byte[] {1});
        assertEquals("synth.exists", refused(1, "a", OutputFormat.PARQUET));
    }

    private String refused(long seed, String name, OutputFormat format) {
        return assertThrows(RelataException.class, () -> write(seed, name, format, 1))
                .code();
    }

    @Test
    void tasksOfARelBenchFolderCanBeOpened() {
        write(3, "a", OutputFormat.RELBENCH, 1);
        try (Database read = open(folder.resolve("a").toString(), Optional.empty(), "read.duckdb")) {
            var names = TaskFiles.names(folder.resolve("a"));
            assertFalse(names.isEmpty());
            for (String name : names) {
                TaskFiles.read(folder.resolve("a/tasks").resolve(name), read.schema());
            }
        }
    }
}
