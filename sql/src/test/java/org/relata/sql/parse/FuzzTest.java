package org.relata.sql.parse;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.value.AlgebraException;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;

/// Model files made by a grammar, then damaged: whatever comes out other than a model must be an error with its place.
///
/// `-Drelata.fuzz.minutes=10` goes on that long with other seeds.
final class FuzzTest {
    private static final int SEEDS = 2_000;
    private static final Pattern PLACE = Pattern.compile("f\\.sql, line \\d+, column \\d+");
    private static final List<String> PIECES = List.of(
            "(",
            ")",
            ",",
            ";",
            ".",
            "'",
            "\"",
            "[",
            "]",
            "--",
            "/*",
            "*/",
            "*",
            "-",
            "%",
            "=",
            ":",
            "NULL",
            "OVER",
            "CASE",
            "END",
            "SELECT",
            "FROM",
            "WHERE",
            "GROUP BY",
            "AS",
            "WITH",
            "UNION ALL",
            "NOT",
            "IN",
            "BETWEEN",
            "AND",
            "JOIN",
            "ON",
            "USING",
            "CAST",
            "row",
            "value",
            "year",
            "end",
            "1e308",
            "1e400",
            "99999999999999999999",
            "0",
            "é",
            "𝔽",
            "\u0000",
            "VECTOR[",
            "MATRIX[3][",
            "PARAMETER",
            "count(*)",
            "sum(",
            "concat(",
            "slice(",
            "random('s',",
            "''",
            "\n",
            "LIMIT 1",
            "DISTINCT",
            "x",
            "t.",
            "\\",
            "{",
            "normal(");

    private int models;
    private int errors;

    @Test
    void damagedModelFilesGiveErrorsWithAPlaceAndNothingElse() {
        for (int seed = 0; seed < SEEDS; seed++) {
            check(seed);
        }
        long end = System.nanoTime() + Long.getLong("relata.fuzz.minutes", 0) * 60_000_000_000L;
        for (int seed = SEEDS; System.nanoTime() < end; seed++) {
            check(seed);
        }
        assertTrue(models > 300, models + " models came out");
        assertTrue(errors > 300, errors + " errors came out");
    }

    private void check(long seed) {
        Random random = new Random(seed);
        String text = new ModelGrammar(random).model();
        for (int damages = random.nextInt(4); damages > 0; damages--) {
            text = damaged(text, random);
        }
        try {
            Model model = ModelParser.parse("f.sql", text, ShapeSource.none());
            models++;
            differentiate(model, seed, text);
        } catch (AlgebraException e) {
            errors++;
            if (!PLACE.matcher(e.place()).matches()) {
                fail("seed " + seed + ": no place in the text: " + e.getMessage() + "\n" + text, e);
            }
        } catch (RuntimeException | StackOverflowError e) {
            fail("seed " + seed + ":\n" + text, e);
        }
    }

    private static void differentiate(Model model, long seed, String text) {
        try {
            String[] parameters =
                    model.parameters().stream().map(Input::relation).toArray(String[]::new);
            Autodiff.gradient(model.loss(), parameters);
        } catch (AlgebraException e) {
            fail("seed " + seed + ": no gradient: " + e.getMessage() + "\n" + text, e);
        }
    }

    private static String damaged(String text, Random random) {
        if (text.isEmpty()) {
            return text;
        }
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + 1 + random.nextInt(8));
        return switch (random.nextInt(6)) {
            case 0 -> text.substring(0, from) + text.substring(to);
            case 1 -> text.substring(0, from) + PIECES.get(random.nextInt(PIECES.size())) + text.substring(from);
            case 2 ->
                text.substring(0, from) + " " + PIECES.get(random.nextInt(PIECES.size())) + " " + text.substring(to);
            case 3 -> {
                int other = random.nextInt(text.length());
                int end = Math.min(text.length(), other + random.nextInt(40));
                yield text.substring(0, from) + text.substring(other, end) + text.substring(from);
            }
            case 4 -> text.substring(0, from);
            default -> text.substring(0, from) + (char) random.nextInt(0x2000) + text.substring(to);
        };
    }
}
