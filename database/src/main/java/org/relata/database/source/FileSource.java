package org.relata.database.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.relata.database.RelataException;
import org.relata.database.config.Nearest;
import org.relata.database.config.TableConfig;

/// A folder of CSV and Parquet files, or one such file.
record FileSource(Path path) implements Source {
    @Override
    public String name() {
        Path file = path.toAbsolutePath().normalize().getFileName();
        if (file == null) {
            return "database";
        }
        return Files.isDirectory(path)
                ? file.toString()
                : FileTables.tableName(file, true).orElse(file.toString());
    }

    @Override
    public List<RawTable> load(LoadContext context) {
        Map<String, Path> files = files();
        context.available().addAll(files.keySet());
        Map<String, Path> wanted = new TreeMap<>();
        files.forEach((table, file) -> {
            if (context.needs(table)) {
                wanted.put(table, file);
            }
        });
        for (Map.Entry<String, TableConfig> entry : context.config().tables().entrySet()) {
            entry.getValue().path().ifPresent(p -> wanted.put(entry.getKey(), declared(entry.getKey(), p)));
        }
        context.progress().begin("read " + name(), wanted.size());
        List<RawTable> result = new ArrayList<>();
        for (Map.Entry<String, Path> entry : wanted.entrySet()) {
            LoadContext.stopIfInterrupted();
            result.add(FileTables.load(context, entry.getKey(), entry.getValue()));
            context.progress().done(result.size());
        }
        return result;
    }

    private Path declared(String table, String declaredPath) {
        Path folder = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
        Path file = folder == null ? Path.of(declaredPath) : folder.resolve(declaredPath);
        if (!Files.isRegularFile(file)) {
            throw RelataException.usage(
                    "source.missing",
                    "table " + table,
                    "its file " + file + " does not exist",
                    Nearest.remedy(
                            declaredPath,
                            files().values().stream()
                                    .map(f -> f.getFileName().toString())
                                    .toList()));
        }
        if (FileTables.tableName(file, true).isEmpty()) {
            throw RelataException.usage(
                    "source.format",
                    "table " + table,
                    "the file " + file + " is neither CSV nor Parquet",
                    "name a .csv, .csv.gz, .tsv or .parquet file");
        }
        return file;
    }

    /// The files of the folder by the name of their table.
    private Map<String, Path> files() {
        Map<String, Path> result = new TreeMap<>();
        if (!Files.isDirectory(path)) {
            FileTables.tableName(path, true).ifPresent(t -> result.put(t, path));
            return result;
        }
        try (Stream<Path> entries = Files.list(path)) {
            for (Path file : entries.filter(Files::isRegularFile).sorted().toList()) {
                Optional<String> table = FileTables.tableName(file, false);
                if (table.isEmpty()) {
                    continue;
                }
                for (Map.Entry<String, Path> other : result.entrySet()) {
                    if (other.getKey()
                            .toLowerCase(Locale.ROOT)
                            .equals(table.get().toLowerCase(Locale.ROOT))) {
                        throw RelataException.usage(
                                "source.twice",
                                path.toString(),
                                other.getValue().getFileName() + " and " + file.getFileName()
                                        + " would both be the table " + table.get(),
                                "keep one of them");
                    }
                }
                result.put(table.get(), file);
            }
        } catch (IOException e) {
            throw RelataException.usage(
                            "source.unreadable", path.toString(), "the folder cannot be read", "check its permissions")
                    .causedBy(e);
        }
        return result;
    }
}
