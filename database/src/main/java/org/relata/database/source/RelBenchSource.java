package org.relata.database.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.database.config.Choice;
import org.relata.database.config.DatabaseConfig;
import org.relata.database.config.DatabaseFile;
import org.relata.database.config.Nearest;
import org.relata.database.config.TableConfig;

/// A RelBench folder: of version 3 with a manifest, of versions 1 and 2 with keys inside the Parquet files.
///
/// @param folder the folder of the dataset
/// @param db the folder of its Parquet files
/// @param manifest the manifest, for version 3
record RelBenchSource(Path folder, Path db, Optional<DatabaseConfig> manifest) implements Source {
    /// The RelBench dataset in a folder, if it is one.
    static Optional<RelBenchSource> find(Path folder, Progress progress) {
        Path db = Files.isDirectory(folder.resolve("db")) ? folder.resolve("db") : folder;
        Path manifest = folder.resolve("manifest.yaml");
        if (Files.isRegularFile(manifest)) {
            return Optional.of(
                    new RelBenchSource(folder, db, Optional.of(DatabaseFile.readManifest(manifest, progress::note))));
        }
        boolean version1 =
                !db.equals(folder) && !files(db).isEmpty() && files(folder).isEmpty();
        return version1 ? Optional.of(new RelBenchSource(folder, db, Optional.empty())) : Optional.empty();
    }

    @Override
    public String name() {
        return manifest.flatMap(DatabaseConfig::name).orElseGet(() -> new FileSource(folder).name());
    }

    @Override
    public Optional<LocalDateTime> validationTime() {
        return manifest.flatMap(DatabaseConfig::validationTime);
    }

    @Override
    public Optional<LocalDateTime> testTime() {
        return manifest.flatMap(DatabaseConfig::testTime);
    }

    @Override
    public List<RawTable> load(LoadContext context) {
        Map<String, Path> files = files(db);
        Iterable<String> tables =
                manifest.<Iterable<String>>map(m -> m.tables().keySet()).orElseGet(files::keySet);
        tables.forEach(context.available()::add);
        List<String> wanted =
                context.available().stream().filter(context::needs).toList();
        context.progress().begin("read " + name(), wanted.size());
        List<RawTable> result = new ArrayList<>();
        for (String table : wanted) {
            LoadContext.stopIfInterrupted();
            Path file = files.get(table);
            if (file == null) {
                throw RelataException.usage(
                        "source.missing",
                        "manifest.yaml, table " + table,
                        "there is no file " + db.resolve(table + ".parquet"),
                        Nearest.remedy(table, files.keySet()));
            }
            result.add(read(context, table, file));
            context.progress().done(result.size());
        }
        return result;
    }

    private RawTable read(LoadContext context, String table, Path file) {
        Optional<ParquetKeys> inside = ParquetKeys.read(context.workspace().duck(), file);
        boolean ours = inside.filter(k -> !k.declared().kinds().isEmpty()).isPresent();
        Declared declared = inside.map(ParquetKeys::declared).orElseGet(Declared::nothing);
        if (manifest.isPresent() && !ours) {
            declared = declared(manifest.get().table(table));
        }
        RawTable raw = FileTables.parquet(
                context, table, file, declared, inside.map(ParquetKeys::hidden).orElse(List.of()));
        if (manifest.isPresent()) {
            requireNumberedKey(context, raw, manifest.get().table(table), file);
        }
        return raw;
    }

    private static Declared declared(TableConfig spec) {
        List<Declared.Link> links = new ArrayList<>();
        if (spec.foreignKeys() instanceof Choice.Given<List<org.relata.database.ForeignKey>>(var given)) {
            given.forEach(k -> links.add(Declared.Link.of(k.columns(), k.targetTable())));
        }
        return new Declared(spec.primaryKey(), spec.timeColumn(), links, false, Map.of());
    }

    /// In version 3 a primary key is the position of its row; a folder where it is not was made by another tool.
    private static void requireNumberedKey(LoadContext context, RawTable raw, TableConfig spec, Path file) {
        if (!(spec.primaryKey() instanceof Choice.Given<List<String>>(var key))) {
            return;
        }
        String column = key.getFirst();
        if (raw.attributes().stream().noneMatch(a -> a.name().equals(column))) {
            throw RelataException.usage(
                    "column.unknown",
                    "manifest.yaml, table " + raw.name() + ", pkey",
                    "there is no column " + column + " in " + file.getFileName(),
                    Nearest.remedy(
                            column, raw.attributes().stream().map(a -> a.name()).toList()));
        }
        String value = raw.attributes().stream()
                .filter(a -> a.name().equals(column))
                .findFirst()
                .orElseThrow()
                .sql();
        long wrong = context.workspace()
                .duck()
                .count("SELECT count(*) FROM " + raw.from() + " AS r WHERE TRY_CAST(" + value
                        + " AS BIGINT) IS DISTINCT FROM r.rowid");
        if (wrong > 0) {
            throw RelataException.usage(
                    "relbench.key",
                    "table " + raw.name() + ", column " + column,
                    wrong + " of " + raw.rows()
                            + " keys are not the position of their row, as version 3 of RelBench wants",
                    "normalise the folder, or take manifest.yaml away and open the Parquet files as they are: "
                            + file.toAbsolutePath().getParent());
        }
    }

    private static Map<String, Path> files(Path folder) {
        Map<String, Path> result = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(Files::isRegularFile)
                    .filter(FileTables::isParquet)
                    .forEach(f -> FileTables.tableName(f, false).ifPresent(t -> result.put(t, f)));
        } catch (IOException e) {
            throw RelataException.usage(
                            "source.unreadable",
                            folder.toString(),
                            "the folder cannot be read",
                            "check its permissions")
                    .causedBy(e);
        }
        return result;
    }
}
