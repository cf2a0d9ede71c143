package org.relata.synth.ddl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.relata.database.RelataException;

/// Whatever stands in a file, reading it gives a plan or one error that says where: never anything else.
final class MutationTest {
    private static final int RUNS = Boolean.getBoolean("relata.nightly") ? 300_000 : 3_000;

    private static final List<String> PIECES = List.of(
            "(",
            ")",
            ",",
            ";",
            "'",
            "\"",
            "`",
            "[",
            "]",
            "::",
            "$$",
            "$a$",
            "--",
            "/*",
            "*/",
            "/*!50000",
            "#",
            "\\",
            "\\.",
            ".",
            "\n",
            "\0",
            "\ufeff",
            "\ud83d",
            "=",
            "-",
            "9",
            "1e",
            "CREATE",
            "TABLE",
            "ALTER",
            "ADD",
            "PRIMARY",
            "KEY",
            "FOREIGN",
            "REFERENCES",
            "CHECK",
            "IN",
            "ANY",
            "ARRAY",
            "AND",
            "OR",
            "NOT",
            "NULL",
            "DEFAULT",
            "ENUM",
            "SET",
            "CONSTRAINT",
            "UNIQUE",
            "AS",
            "TYPE",
            "DOMAIN",
            "BEGIN",
            "END",
            "CASE",
            "BETWEEN",
            "COPY",
            "FROM",
            "stdin",
            "DELIMITER",
            "IS",
            "GENERATED",
            "IDENTITY",
            "MODIFY",
            "ON",
            "INT",
            "TEXT",
            "t",
            "id",
            "ENGINE=");

    private static final List<String> TEXTS = List.of("""
            CREATE TYPE mood AS ENUM ('a', 'b');
            CREATE DOMAIN d AS text CHECK (VALUE IN ('x', 'y'));
            CREATE TABLE "t" (id SERIAL PRIMARY KEY, m mood DEFAULT 'a'::mood, v d, n numeric(5,2) CHECK (n > 0 AND n < 9));
            CREATE TABLE u (t_id integer NOT NULL, s text, w timestamp(3) with time zone DEFAULT now(),
              CONSTRAINT c CHECK (((s)::text = ANY ((ARRAY['a'::text, 'b'::text])::text[]))));
            COPY u FROM stdin;
            1\t2
            \\.
            ALTER TABLE ONLY u ADD CONSTRAINT f FOREIGN KEY (t_id) REFERENCES t(id) ON DELETE SET NULL DEFERRABLE;
            DO $$ BEGIN NULL; END $$;
            """, """
            /*!40101 SET x=1 */;
            CREATE TABLE `t` (`id` int(10) unsigned NOT NULL AUTO_INCREMENT, `e` enum('a','b') DEFAULT 'a' COMMENT 'c\\'d',
              PRIMARY KEY (`id`), KEY `k` (`e`(3))) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
            DELIMITER ;;
            CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW BEGIN SET @a = 1; END;;
            DELIMITER ;
            ALTER TABLE `t` MODIFY `id` bigint, ADD COLUMN p BIGINT REFERENCES t (id);
            """, """
            CREATE TABLE IF NOT EXISTS [a b] (id INTEGER PRIMARY KEY AUTOINCREMENT, s TEXT CHECK (s IN ('x','y') OR s IS NULL),
              up REFERENCES [a b](id), g REAL GENERATED ALWAYS AS (1 + 2) STORED, UNIQUE (s) ON CONFLICT IGNORE) STRICT;
            CREATE TRIGGER tr AFTER INSERT ON [a b] BEGIN SELECT CASE WHEN 1 THEN 2 END; END;
            INSERT INTO [a b] VALUES (1, 'x;', NULL);
            """);

    @Test
    void mutatedTextsGivePlansOrErrorsWithAPlace() {
        SplittableRandom random = new SplittableRandom(20260101);
        int plans = 0;
        int errors = 0;
        for (int i = 0; i < RUNS; i++) {
            String text = mutated(TEXTS.get(i % TEXTS.size()), random);
            try {
                plans += Parsing.read(text).plan().tables().isEmpty() ? 0 : 1;
            } catch (RelataException e) {
                errors++;
                assertTrue(e.code().startsWith("ddl."), () -> e.code() + " for: " + text);
                assertTrue(e.place().startsWith("schema.sql, line "), () -> e.place() + " for: " + text);
                assertTrue(!e.problem().isEmpty() && !e.remedy().isEmpty(), () -> e.getMessage() + " for: " + text);
                assertTrue(e.getMessage().lines().count() == 1, () -> e.getMessage() + " for: " + text);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("run " + i + " on: " + text, e);
            }
        }
        assertEquals(RUNS, plans + errors);
        assertTrue(plans > RUNS / 20 && errors > RUNS / 4, plans + " plans and " + errors + " errors");
    }

    @Test
    void deepNestingEndsInAPlanOrAnError() {
        for (String open : List.of("(", "[", "CASE ", "/*", "NOT ", "ARRAY[", "('x')::a(", "$$")) {
            String deep = open.repeat(20_000);
            for (String text : List.of(
                    "CREATE TABLE t (a INT CHECK (" + deep + "))",
                    "CREATE TABLE t (a INT DEFAULT " + deep + ")",
                    "CREATE TABLE t (a INT" + deep + ")",
                    deep)) {
                try {
                    assertEquals(1, Parsing.read(text).plan().tables().size());
                } catch (RelataException e) {
                    assertTrue(e.code().startsWith("ddl."), e.getMessage());
                }
            }
        }
    }

    private static String mutated(String text, SplittableRandom random) {
        StringBuilder result = new StringBuilder(text);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && !result.isEmpty(); i++) {
            int at = random.nextInt(result.length());
            int length = Math.min(result.length() - at, 1 + random.nextInt(12));
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            switch (random.nextInt(6)) {
                case 0 -> result.delete(at, at + length);
                case 1 -> result.insert(at, piece);
                case 2 -> result.insert(at, " " + piece + " ");
                case 3 -> result.replace(at, at + length, piece);
                case 4 -> result.insert(at, result.substring(at, at + length));
                default -> result.setLength(at);
            }
        }
        return result.toString();
    }
}
