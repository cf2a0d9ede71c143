package org.relata.synth.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.relata.database.Database;
import org.relata.database.RelataException;
import org.relata.database.Table;
import org.relata.synth.task.PlantedTask;

/// Writes a database into a folder of its own: aside first, then renamed, so that a folder with the name is complete.
///
/// A database that is there already is left alone; what an earlier run left half-written is written anew.
public final class FolderWriter {
    private final Path folder;
    private final Destination destination;

    /// @param folder the folder of the database
    /// @param destination where its rows go
    public FolderWriter(Path folder, Destination destination) {
        this.folder = folder.toAbsolutePath();
        this.destination = destination;
    }

    /// What came of a database.
    ///
    /// @param written whether it was written now, rather than found
    /// @param rows the rows of each table; empty where it was found
    /// @param tasks how many tasks were written with it
    public record Outcome(boolean written, Map<String, Long> rows, int tasks) {
        /// Copies the map, keeping its order.
        public Outcome {
            rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
        }
    }

    /// Writes a database, unless it is there.
    ///
    /// @param seed the seed
    /// @param version of the generator
    /// @param config the configuration as JSON
    /// @param schema a text that says which schema was asked for
    /// @param held the columns that are held, as `table.column=value`
    /// @param database makes the database in a file, and tells the tasks that were planted
    /// @throws RelataException `synth.exists` when something else is there, `synth.write` when it cannot be written
    public Outcome write(
            long seed,
            int version,
            String config,
            String schema,
            List<String> held,
            BiFunction<Path, Consumer<List<PlantedTask>>, Database> database) {
        WrittenManifest wanted = new WrittenManifest(
                seed,
                version,
                destination.label(),
                config,
                WrittenManifest.hash(schema),
                held,
                Map.of(),
                List.of(),
                Map.of());
        Path partial = folder.resolveSibling(folder.getFileName() + ".partial");
        try {
            boolean loaded = isLoaded(wanted);
            if (Files.exists(folder)) {
                if (!wanted.isIn(folder)) {
                    requireEmpty();
                } else if (loaded) {
                    return new Outcome(false, Map.of(), 0);
                }
            }
            delete(partial);
            Files.createDirectories(partial);
            Outcome outcome = write(wanted, loaded, partial, database);
            delete(folder);
            Files.move(partial.resolve("out"), folder, StandardCopyOption.ATOMIC_MOVE);
            delete(partial);
            return outcome;
        } catch (IOException e) {
            throw RelataException.failure(
                            "synth.write",
                            folder.toString(),
                            "it cannot be written (" + e.getMessage() + ")",
                            "check the disk and the permissions")
                    .causedBy(e);
        }
    }

    private Outcome write(
            WrittenManifest wanted,
            boolean loaded,
            Path partial,
            BiFunction<Path, Consumer<List<PlantedTask>>, Database> database)
            throws IOException {
        List<PlantedTask> planted = new ArrayList<>();
        Path out = partial.resolve("out");
        Map<String, Long> rows = new LinkedHashMap<>();
        int tasks;
        try (Database store = database.apply(partial.resolve("store.duckdb"), planted::addAll)) {
            for (Table table : store.schema().tables()) {
                rows.put(table.name(), store.rows(table.name()));
            }
            boolean manifests = switch (destination) {
                case Destination.Files files -> {
                    Export.write(store, files.format(), out);
                    yield files.format() == OutputFormat.RELBENCH;
                }
                case Destination.Server server -> {
                    Export.describe(store.schema(), out);
                    if (!loaded) {
                        schema(server)
                                .write(
                                        store,
                                        wanted.with(rows, planted, Map.of()).json(),
                                        partial);
                    }
                    yield false;
                }
            };
            tasks = TaskFolder.write(store.schema(), planted, out, manifests);
        }
        Files.writeString(
                out.resolve(WrittenManifest.FILE),
                wanted.with(rows, planted, WrittenManifest.sizes(out)).json());
        return new Outcome(true, rows, tasks);
    }

    /// Whether the rows are on the server already, if that is where they go; those in files stand in the folder.
    private boolean isLoaded(WrittenManifest wanted) {
        return switch (destination) {
            case Destination.Files _ -> true;
            case Destination.Server server -> schema(server).holds(wanted);
        };
    }

    private ServerSchema schema(Destination.Server server) {
        return new ServerSchema(server, folder.getFileName().toString());
    }

    private void requireEmpty() throws IOException {
        try (Stream<Path> entries = Files.isDirectory(folder) ? Files.list(folder) : Stream.of(folder)) {
            if (entries.findAny().isPresent()) {
                throw RelataException.usage(
                        "synth.exists",
                        folder.toString(),
                        "something else is there: another seed, configuration, version or format, or no database",
                        "name another folder with --out, or remove it");
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (Stream<Path> entries = Files.walk(tree)) {
                for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(entry);
                }
            }
        }
    }
}
