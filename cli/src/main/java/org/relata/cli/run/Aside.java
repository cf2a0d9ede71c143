package org.relata.cli.run;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.relata.database.RelataException;

/// Writes files aside first and renames them when they are complete, so that no reader ever sees half of one.
public final class Aside {
    private Aside() {}

    /// Work that produces a file.
    @FunctionalInterface
    public interface Writer {
        /// Writes the whole content to the given file, which does not exist yet.
        ///
        /// @throws IOException when it cannot be written
        void write(Path aside) throws IOException;
    }

    /// Writes a text as UTF-8.
    ///
    /// @throws IOException when it cannot be written
    public static void write(Path file, String text) throws IOException {
        write(file, aside -> Files.writeString(aside, text));
    }

    /// Writes whatever the writer produces; what was there before is replaced at the end.
    ///
    /// @throws RelataException when the folder does not exist
    /// @throws IOException when it cannot be written; nothing is left behind then
    public static void write(Path file, Writer writer) throws IOException {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
        if (!Files.isDirectory(folder)) {
            throw RelataException.usage(
                    "file.folder", file.toString(), "its folder does not exist", "create " + folder + " first");
        }
        Path aside = folder.resolve(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            writer.write(aside);
            move(aside, file);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static void move(Path aside, Path file) throws IOException {
        try {
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException _) {
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            throw new IllegalStateException("nothing was written for " + file, e);
        }
    }
}
