package org.relata.database;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// A short text that changes when the schema or any value of a database does.
///
/// The rows of a table count as a set: their order does not matter. Values are hashed by DuckDB, so fingerprints of
/// different versions of DuckDB are not comparable; the version is part of it.
final class Fingerprint {
    /// Columns a query: a hash of thousands of columns at once makes the planner crawl.
    private static final int CHUNK = 250;

    private Fingerprint() {}

    static String of(Database database) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        add(
                digest,
                "store",
                database.store()
                        .query("SELECT version()", row -> String.valueOf(row.getString(1)))
                        .getFirst());
        for (Table table : database.schema().tables()) {
            add(digest, "table", table.name());
            table.columns().forEach(c -> add(digest, c.kind().label(), c.name()));
            table.primaryKey().forEach(k -> add(digest, "key", k));
            table.foreignKeys().forEach(l -> add(digest, "link to " + l.targetTable(), String.join("\0", l.columns())));
            table.timeColumn().ifPresent(t -> add(digest, "time", t));
            add(digest, "rows", rows(database, table));
        }
        database.schema().validationTime().ifPresent(t -> add(digest, "validation", t.toString()));
        database.schema().testTime().ifPresent(t -> add(digest, "test", t.toString()));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String rows(Database database, Table table) {
        List<String> hashes = new ArrayList<>();
        List<Column> columns = table.columns();
        for (int start = 0; start < columns.size(); start += CHUNK) {
            List<String> names = columns.subList(start, Math.min(columns.size(), start + CHUNK)).stream()
                    .map(c -> Sql.id(c.name()))
                    .toList();
            hashes.add("hash(" + String.join(", ", names) + ")");
        }
        String row = hashes.isEmpty()
                ? "0"
                : hashes.size() == 1 ? hashes.getFirst() : "hash(" + String.join(", ", hashes) + ")";
        return database.store()
                .query(
                        "SELECT count(*) || ' ' || coalesce(sum(" + row + "), 0) FROM " + Sql.id(table.name()),
                        r -> String.valueOf(r.getString(1)))
                .getFirst();
    }

    private static void add(MessageDigest digest, String what, String value) {
        digest.update((what + "\0" + value + "\0\0").getBytes(StandardCharsets.UTF_8));
    }
}
