package org.relata.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.relata.cli.run.MemoryPlan;
import org.relata.cli.run.RunFolder;
import org.relata.cli.terminal.TerminalProgress;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.source.Databases;
import org.relata.database.source.OpenRequest;

/// A temporary folder for the store of a command that leaves no run behind; deleted at the end, also on Ctrl-C.
final class Workspace implements AutoCloseable {
    private final Path folder;
    private final Interruption.Registration guard;

    private Workspace(Path folder) {
        this.folder = folder;
        guard = Interruption.during(new Interruption.Cleanup(this::delete, ""));
    }

    /// A new, empty one.
    static Workspace temporary() throws IOException {
        return new Workspace(Files.createTempDirectory("relata-"));
    }

    /// The folder.
    Path folder() {
        return folder;
    }

    /// Opens a source with its store in this folder.
    Database open(String source, Optional<Path> schema, StoreOptions options, Progress progress) {
        MemoryPlan plan = MemoryPlan.of(options.memoryBytes());
        try {
            return Databases.open(new OpenRequest(
                    source, schema, folder.resolve("store.duckdb"), plan.duckdb(), options.threads(), progress));
        } finally {
            TerminalProgress.end(progress);
        }
    }

    @Override
    public void close() {
        guard.close();
        delete();
    }

    private void delete() {
        try {
            RunFolder.deleteTree(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
