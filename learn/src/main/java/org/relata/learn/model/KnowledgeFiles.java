package org.relata.learn.model;

import java.nio.file.Path;
import java.util.ArrayList;
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

    static KnowledgeGraph read(Path folder) {
        List<String> parts = List.of("train", "valid", "test");
        try (Scratch scratch = new Scratch(Reading.standard())) {
            for (String part : parts) {
                load(scratch, folder, part);
            }
            List<String> entities = names(scratch, "entity", """
                    SELECT DISTINCT name FROM (SELECT head AS name FROM fact UNION ALL SELECT tail FROM fact)""");
            List<String> links = names(scratch, "relation", "SELECT DISTINCT link AS name FROM fact");
            return new KnowledgeGraph(
                    entities, links, facts(scratch, "train"), facts(scratch, "valid"), facts(scratch, "test"));
        }
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

    private static List<String> names(Scratch scratch, String table, String query) {
        scratch.execute("CREATE TEMPORARY TABLE " + table + " AS SELECT name, row_number() OVER (ORDER BY name) - 1 AS"
                + " number FROM (" + query + ")");
        List<String> names = new ArrayList<>();
        scratch.each("SELECT name FROM " + table + " ORDER BY number", (row, _) -> names.add(row.getString(1)));
        return names;
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
