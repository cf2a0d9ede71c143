package org.relata.learn.model;

import java.nio.file.Path;
import java.util.List;
import org.relata.database.RelataException;
import org.relata.database.Sql;
import org.relata.learn.model.KnowledgeGraph.Facts;

/// Reads a knowledge graph from a folder of three files, `train`, `valid` and `test`: head, relation and tail of each
/// fact, in text separated by tabs without a header, or the first three columns of a CSV or Parquet file.
final class KnowledgeFiles {
    private static final String PLAIN =
            ", delim = '\\t', header = false, quote = '', escape = '', columns = {'head': 'VARCHAR', 'link': 'VARCHAR',"
                    + " 'tail': 'VARCHAR'}";

    private KnowledgeFiles() {}

    /// What a fact takes of the heap: three numbers, and one for its place in an epoch.
    private static final long BYTES = 4 * Integer.BYTES;

    /// Reads a folder; names stay in the database.
    static KnowledgeGraph read(Scratch scratch, Path folder) {
        for (String part : List.of("train", "valid", "test")) {
            load(scratch, folder, part);
        }
        String entities = names(scratch, "entity", """
                SELECT head AS name FROM fact UNION ALL SELECT tail FROM fact""");
        String links = names(scratch, "relation", "SELECT link AS name FROM fact");
        fit(scratch, folder);
        KnowledgeGraph graph = new KnowledgeGraph(
                scratch.count("SELECT count(*) FROM entity"),
                scratch.count("SELECT count(*) FROM relation"),
                entities + links,
                facts(scratch, "train"),
                facts(scratch, "valid"),
                facts(scratch, "test"));
        scratch.rest();
        return graph;
    }

    /// Facts are in the heap, where a step finds those that it draws; so they have to fit.
    private static void fit(Scratch scratch, Path folder) {
        long facts = scratch.count("SELECT count(*) FROM fact");
        long most = Runtime.getRuntime().maxMemory() / 2;
        if (facts * BYTES > most) {
            throw RelataException.usage(
                    "data.size",
                    folder.toString(),
                    facts + " facts take " + (facts * BYTES >> 20) + " MiB of the Java heap, half of which is "
                            + (most >> 20) + " MiB",
                    "give --memory " + (facts * BYTES * 2 * 8 / 3 >> 20) + "m or more");
        }
    }

    /// The names of entities, or of relations, in the order of their numbers.
    static String names(boolean entities) {
        return "SELECT name FROM " + (entities ? "entity" : "relation") + " ORDER BY number";
    }

    private static void load(Scratch scratch, Path folder, String part) {
        Path file = Scratch.file(folder, part);
        String name = file.toString();
        boolean plain = name.contains(".txt") || name.contains(".tsv");
        scratch.load(part, file, plain ? PLAIN : ", all_varchar = true");
        List<String> columns = scratch.columns(part).stream()
                .map(column -> Sql.id(column.name()))
                .toList();
        if (columns.size() < 3) {
            throw RelataException.usage(
                    "data.facts", name, "it has " + columns.size() + " columns", "give head, relation and tail");
        }
        String facts = "SELECT " + Sql.text(part) + " AS part, row_number() OVER () AS number, CAST(" + columns.get(0)
                + " AS VARCHAR) AS head, CAST(" + columns.get(1) + " AS VARCHAR) AS link, CAST(" + columns.get(2)
                + " AS VARCHAR) AS tail FROM " + Sql.id(part);
        scratch.execute(part.equals("train") ? "CREATE TEMPORARY TABLE fact AS " + facts : "INSERT INTO fact " + facts);
        scratch.first("SELECT number FROM fact WHERE part = " + Sql.text(part)
                        + " AND (head IS NULL OR link IS NULL OR tail IS NULL) ORDER BY number")
                .ifPresent(line -> {
                    throw RelataException.usage(
                            "data.facts", name + ", row " + line, "a field is empty", "give head, relation and tail");
                });
        if (scratch.count("SELECT count(*) FROM fact WHERE part = " + Sql.text(part)) == 0) {
            throw RelataException.usage("data.facts", name, "it is empty", "give it facts");
        }
    }

    /// Numbers names in order.
    ///
    /// @return a few characters that differ where names do
    private static String names(Scratch scratch, String table, String query) {
        scratch.execute("""
                CREATE TEMPORARY TABLE %s AS
                SELECT name, CAST(row_number() OVER () - 1 AS INTEGER) AS number
                FROM (SELECT name, lag(name) OVER () AS before FROM (SELECT name FROM (%s) ORDER BY name))
                WHERE before IS NULL OR name <> before
                """.formatted(table, query));
        return scratch.first("SELECT bit_xor(hash(number || ' ' || name)) FROM " + table)
                .orElse("");
    }

    private static Facts facts(Scratch scratch, String part) {
        int count = scratch.count("SELECT count(*) FROM fact WHERE part = " + Sql.text(part));
        Facts facts = new Facts(new int[count], new int[count], new int[count]);
        scratch.each("""
                SELECT h.number, r.number, t.number
                FROM fact JOIN entity h ON fact.head = h.name JOIN relation r ON fact.link = r.name
                    JOIN entity t ON fact.tail = t.name
                WHERE part = %s
                ORDER BY fact.number
                """.formatted(Sql.text(part)), (row, number) -> {
            facts.heads()[number] = row.getInt(1);
            facts.links()[number] = row.getInt(2);
            facts.tails()[number] = row.getInt(3);
        });
        return facts;
    }
}
