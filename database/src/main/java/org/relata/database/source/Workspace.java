package org.relata.database.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.relata.database.Duck;
import org.relata.database.RelataException;
import org.relata.database.Sql;
import org.relata.database.infer.Attribute;

/// The store while it is being written, and beside it a second DuckDB file with the raw tables, which is thrown away.
///
/// The raw tables live in a file of their own so that the finished store holds nothing but the finished tables. Both
/// are
/// written under other names than the store's and renamed at the end: a process that dies leaves no half store.
final class Workspace implements AutoCloseable {
    private static final String RAW = "relata_raw";
    private static final String DERIVED = "derived";
    private static final String NUMBERED = "numbered";

    private final Path target;
    private final Path partial;
    private final Path raw;
    private final long memoryBytes;
    private final int threads;
    private final Duck duck;
    private final String catalog;
    private boolean open = true;

    Workspace(Path target, long memoryBytes, int threads) {
        this.target = target.toAbsolutePath();
        this.partial = this.target.resolveSibling(this.target.getFileName() + ".partial");
        this.raw = this.target.resolveSibling(this.target.getFileName() + ".raw");
        this.memoryBytes = memoryBytes;
        this.threads = threads;
        try {
            Files.createDirectories(this.target.getParent());
        } catch (IOException e) {
            throw RelataException.failure(
                            "store.create",
                            target.toString(),
                            "its folder cannot be created",
                            "name a folder that can be written to")
                    .causedBy(e);
        }
        delete(partial);
        delete(raw);
        this.duck = Duck.open(partial, memoryBytes, threads);
        this.catalog = duck.query("SELECT current_database()", row -> String.valueOf(row.getString(1)))
                .getFirst();
        duck.execute("ATTACH " + Sql.text(raw.toString()) + " AS " + RAW);
        duck.execute("CREATE SCHEMA " + RAW + "." + DERIVED);
        duck.execute("CREATE SCHEMA " + RAW + "." + NUMBERED);
    }

    Duck duck() {
        return duck;
    }

    /// The catalog of the raw tables.
    String rawCatalog() {
        return RAW;
    }

    /// The quoted name of a raw table.
    String raw(String table) {
        return RAW + ".main." + Sql.id(table);
    }

    /// The quoted name of a table defined by SQL over raw tables.
    String derived(String table) {
        return RAW + "." + DERIVED + "." + Sql.id(table);
    }

    /// The quoted name of the table that numbers the rows of a table.
    String numbered(String table) {
        return RAW + "." + NUMBERED + "." + Sql.id(table);
    }

    /// The quoted name of a table of the finished store.
    String stored(String table) {
        return Sql.id(catalog) + ".main." + Sql.id(table);
    }

    /// Runs SQL of the user's so that raw tables answer to their bare names.
    void withRawNames(Runnable work) {
        duck.execute("USE " + RAW + ".main");
        try {
            work.run();
        } finally {
            duck.execute("USE " + Sql.id(catalog) + ".main");
        }
    }

    /// The columns of a quoted table, in order, as expressions over the alias `r`.
    ///
    /// A column called `rowid` would hide the position of the row, so it is kept under another name and answers to its
    /// own through its expression.
    List<Attribute> attributes(String from) {
        List<Attribute> described = duck.query("DESCRIBE SELECT * FROM " + from, row -> {
            String name = String.valueOf(row.getString(1));
            return new Attribute(name, "r." + Sql.id(name), String.valueOf(row.getString(2)));
        });
        return described.stream().map(a -> unhidden(from, a)).toList();
    }

    private Attribute unhidden(String from, Attribute column) {
        if (!column.name().equalsIgnoreCase("rowid")) {
            return column;
        }
        String other = Sql.id(column.name() + " of the source");
        duck.execute("ALTER TABLE " + from + " RENAME COLUMN " + Sql.id(column.name()) + " TO " + other);
        return new Attribute(column.name(), "r." + other, column.type());
    }

    /// How many rows a quoted table has.
    long rows(String from) {
        return duck.count("SELECT count(*) FROM " + from);
    }

    /// Closes the finished store, puts it in its place and opens it again.
    Duck finish() {
        duck.execute("DETACH " + RAW);
        duck.execute("CHECKPOINT");
        duck.close();
        open = false;
        delete(raw);
        try {
            delete(target);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw RelataException.failure(
                            "store.create", target.toString(), "the store cannot be put in its place", "check the disk")
                    .causedBy(e);
        }
        return Duck.open(target, memoryBytes, threads);
    }

    /// Throws away what is not finished.
    @Override
    public void close() {
        if (open) {
            open = false;
            duck.close();
            delete(partial);
            delete(raw);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".wal"));
            Path spill = file.resolveSibling(file.getFileName() + ".spill");
            if (Files.isDirectory(spill)) {
                try (Stream<Path> parts = Files.list(spill)) {
                    for (Path part : parts.toList()) {
                        Files.deleteIfExists(part);
                    }
                }
                Files.delete(spill);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
