package org.relata.synth.ddl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.relata.database.RelataException;
import org.relata.synth.schema.ColumnPlan;
import org.relata.synth.schema.TablePlan;

/// What the tests of this package share: reading SQL, and looking at what came of it.
final class Parsing {
    private Parsing() {}

    static SchemaFile read(String sql) {
        return SchemaFile.parse("schema.sql", sql, Unmodelled.ABSENT_BYTES_LEFT_OUT);
    }

    static TablePlan table(SchemaFile file, String name) {
        return file.plan().tables().stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no table " + name + " in " + file.plan()));
    }

    /// The only table of a text.
    static TablePlan table(String sql) {
        List<TablePlan> tables = read(sql).plan().tables();
        assertEquals(1, tables.size(), tables.toString());
        return tables.getFirst();
    }

    static ColumnPlan column(TablePlan table, String name) {
        return table.columns().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no column " + name + " in " + table));
    }

    /// Feature columns with their kinds, as `name KIND`.
    static List<String> features(TablePlan table) {
        return table.columns().stream().map(c -> c.name() + " " + c.kind()).toList();
    }

    /// Links as `column -> parent`, with a question mark where a row may have none.
    static List<String> links(TablePlan table) {
        return table.foreignKeys().stream()
                .map(k -> k.column() + " -> " + k.parent() + (k.nullable() ? "?" : ""))
                .toList();
    }

    /// The error of a text, which must have this code and place, and a message of one line that holds these words.
    static RelataException fails(String code, int line, int column, String sql, String... words) {
        RelataException error = assertThrows(RelataException.class, () -> read(sql));
        assertEquals(code, error.code(), error.getMessage());
        assertEquals("schema.sql, line " + line + ", column " + column, error.place(), error.getMessage());
        assertEquals(RelataException.Kind.USAGE, error.kind());
        assertTrue(!error.remedy().isEmpty(), "a remedy in: " + error.getMessage());
        assertTrue(!error.getMessage().contains("\n"), "one line: " + error.getMessage());
        for (String word : words) {
            assertTrue(error.getMessage().contains(word), () -> "no \"" + word + "\" in: " + error.getMessage());
        }
        return error;
    }
}
