package org.relata.synth.ddl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.RelataException;

/// What a slip in a file comes to: one error with line, column, token and remedy.
final class ErrorsTest {
    @TempDir
    Path folder;

    @Test
    void aMisspeltStatement() {
        Parsing.fails("ddl.syntax", 2, 1, "-- x\nCRATE TABLE t (a INT)", "\"CRATE\"", "did you mean CREATE?");
        Parsing.fails("ddl.syntax", 1, 8, "CREATE TABEL t (a INT)", "\"TABEL\"");
        Parsing.fails("ddl.syntax", 1, 26, "CREATE TABLE t (a INT);  )", "no statement begins with \")\"");
    }

    @Test
    void aMisspeltConstraint() {
        Parsing.fails("ddl.syntax", 1, 24, "CREATE TABLE t (id INT PRIMRY KEY)", "\"PRIMRY\"", "column id", "PRIMARY?");
        Parsing.fails("ddl.syntax", 1, 28, "CREATE TABLE t (id INT NOT NUL)", "\"NUL\"", "NULL belongs");
        Parsing.fails("ddl.syntax", 1, 24, "CREATE TABLE t (a INT, FOREIGN KEI (a) REFERENCES b)", "\"FOREIGN\"");
    }

    @Test
    void aMissingCommaParenthesisOrSemicolon() {
        Parsing.fails(
                "ddl.syntax", 2, 12, "CREATE TABLE t (\n  id INT   name TEXT)", "\"name\"", "a comma may be missing");
        Parsing.fails("ddl.syntax", 1, 35, "CREATE TABLE t (a INT, UNIQUE (a) b INT)", "\"b\"", "a comma or ) belongs");
        Parsing.fails("ddl.syntax", 1, 24, "CREATE TABLE t (a INT, )", "\")\"", "take the comma before it out");
        Parsing.fails("ddl.syntax", 1, 22, "CREATE TABLE t (a INT; CREATE TABLE u (b INT);", "a comma or ) belongs");
        Parsing.fails("ddl.syntax", 1, 23, "CREATE TABLE t (a INT))", "\")\"", "closed before it");
        Parsing.fails(
                "ddl.syntax", 2, 1, "CREATE TABLE t (a INT)\nCREATE TABLE u (b INT);", "end the statement before it");
        Parsing.fails(
                "ddl.syntax", 2, 1, "INSERT INTO t VALUES (1)\nCREATE TABLE u (b INT);", "end the statement before it");
        Parsing.fails("ddl.syntax", 2, 1, "CREATE TABLE t (a INT,\nCREATE TABLE u (b INT);", "close the parenthesis");
        Parsing.fails("ddl.syntax", 1, 29, "CREATE TABLE t (a INT CHECK (a > (1, b INT)", "is not closed");
        Parsing.fails("ddl.syntax", 1, 14, "CREATE TABLE (a INT)", "the name of a table");
        Parsing.fails("ddl.syntax", 1, 16, "CREATE TABLE t a INT", "( belongs");
    }

    @Test
    void quotesAndCommentsThatDoNotEnd() {
        Parsing.fails("ddl.syntax", 2, 19, "\nCREATE TABLE t (a \"INT)", "the name that begins with \" does not end");
        Parsing.fails("ddl.syntax", 1, 31, "CREATE TABLE t (a INT DEFAULT 'x);", "the text that begins with '");
        Parsing.fails("ddl.syntax", 1, 1, "/* CREATE TABLE t (a INT);", "the comment that begins with /*");
        Parsing.fails("ddl.syntax", 1, 4, "DO $x$ BEGIN END $y$;", "$x$");
        Parsing.fails("ddl.syntax", 1, 1, "COPY t FROM stdin;\n1\t2\n", "the data of COPY do not end");
        Parsing.fails("ddl.syntax", 1, 1, "CREATE TRIGGER t AFTER INSERT ON x BEGIN SELECT 1;", "body does not end");
    }

    @Test
    void namesThatAreThereTwiceOrNot() {
        Parsing.fails("ddl.unsupported", 1, 24, "CREATE TABLE t (a INT, A TEXT)", "two columns called A");
        Parsing.fails("ddl.table", 2, 14, "CREATE TABLE t (a INT);\nCREATE TABLE T (a INT)", "two tables called T");
        Parsing.fails(
                "ddl.column", 1, 41, "CREATE TABLE t (ident INT, PRIMARY KEY (idnt))", "no column idnt", "ident?");
        Parsing.fails("ddl.table", 1, 13, "ALTER TABLE usr ADD PRIMARY KEY (id);", "no table usr");
        Parsing.fails(
                "ddl.column",
                1,
                74,
                "CREATE TABLE p (id INT PRIMARY KEY); CREATE TABLE c (p INT REFERENCES p (idd))",
                "table p has no column idd",
                "did you mean id?");
        Parsing.fails(
                "ddl.unsupported",
                1,
                49,
                "CREATE TABLE t (a INT PRIMARY KEY, PRIMARY KEY (b), b INT)",
                "second primary");
    }

    @Test
    void keysThatDoNotFit() {
        Parsing.fails(
                "ddl.key",
                1,
                84,
                "CREATE TABLE p (id INT PRIMARY KEY, e TEXT UNIQUE); CREATE TABLE c (e REFERENCES p(e))",
                "c.e refers to p.e, whose primary key is id",
                "refer to id");
        Parsing.fails(
                "ddl.key",
                1,
                85,
                "CREATE TABLE p (a INT, b INT, PRIMARY KEY (a, b)); CREATE TABLE c (a INT REFERENCES p)",
                "whose primary key has several columns");
    }

    @Test
    void whatIsNotSupportedSaysWhatToDo() {
        Parsing.fails("ddl.unsupported", 1, 16, "CREATE TABLE t AS SELECT 1", "(AS)", "write its columns out");
        Parsing.fails("ddl.table", 1, 34, "CREATE TABLE t (a INT) INHERITS (u)", "no table u");
        Parsing.fails("ddl.unsupported", 1, 17, "CREATE TABLE t (LIKE u INCLUDING ALL)", "LIKE");
        Parsing.fails("ddl.unsupported", 1, 8, "CREATE VIRTUAL TABLE t USING fts5(x)", "virtual");
        Parsing.fails("ddl.unsupported", 2, 15, "CREATE TABLE t (a INT);\nALTER TABLE t DROP COLUMN a", "DROP");
        Parsing.fails("ddl.unsupported", 2, 15, "CREATE TABLE t (a INT);\nALTER TABLE t RENAME TO u", "RENAME");
        Parsing.fails("ddl.syntax", 1, 19, "CREATE TABLE t (a ENUM)", "does not list its labels");
        Parsing.fails("ddl.syntax", 1, 29, "CREATE TYPE m AS ENUM ('a', b);", "where a label belongs");
    }

    @Test
    void aFileWithoutTables() {
        Parsing.fails("ddl.empty", 1, 1, "-- nothing\nDROP TABLE t;", "no CREATE TABLE");
        Parsing.fails("ddl.empty", 1, 1, "", "no CREATE TABLE");
        Parsing.fails("ddl.table", 1, 14, "CREATE TABLE t ()", "no columns");
    }

    @Test
    void filesThatCannotBeRead() throws IOException {
        assertEquals("ddl.file", code(folder.resolve("none.sql")));
        assertEquals("ddl.file", code(folder));
        Path wide = folder.resolve("wide.sql");
        Files.write(wide, "\ufeffCREATE TABLE t (a INT)".getBytes(StandardCharsets.UTF_16LE));
        assertEquals(1, SchemaFile.read(wide).plan().tables().size());
        Path marked = folder.resolve("marked.sql");
        Files.writeString(marked, "\ufeffCREATE TABLE \u00fcber (\u540d\u524d INT, \ud83d\ude00 INT)");
        assertEquals(
                List.of("\u540d\u524d INTEGER", "\ud83d\ude00 INTEGER"),
                Parsing.features(Parsing.table(SchemaFile.read(marked), "\u00fcber")));
    }

    private static String code(Path file) {
        return assertThrows(RelataException.class, () -> SchemaFile.read(file)).code();
    }
}
