package org.relata.synth.ddl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.relata.database.RelataException;
import org.relata.synth.schema.FeatureKind;
import org.relata.synth.schema.TablePlan;

/// What the page about schema files says is so.
final class SchemaPageTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Test
    void itsSchemaIsReadAsItSays() throws IOException {
        Matcher block = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL).matcher(page());
        assertTrue(block.find());
        SchemaFile file = Parsing.read(block.group(1));
        TablePlan customers = Parsing.table(file, "customers");
        TablePlan orders = Parsing.table(file, "orders");
        assertEquals(List.of(), file.notes());
        assertEquals(List.of("referred_by -> customers?"), Parsing.links(customers));
        assertEquals(List.of("status CATEGORICAL", "born DATE"), Parsing.features(customers));
        assertEquals(
                List.of("new", "regular", "gone"),
                Parsing.column(customers, "status").labels());
        assertEquals(Optional.empty(), customers.timeColumn());
        assertEquals(List.of("customer_id -> customers"), Parsing.links(orders));
        assertEquals(Optional.of("ordered_at"), orders.timeColumn());
        assertEquals(List.of("total NUMERIC", "items INTEGER", "note TEXT"), Parsing.features(orders));
    }

    @Test
    void everyTypeOfItsTableIsDrawnAsItSays() throws IOException {
        int types = 0;
        for (String row : page().lines().filter(line -> line.startsWith("| `")).toList()) {
            String[] cells = row.split("\\|");
            for (String type : codes(cells[1])) {
                check(type, cells[2].strip());
                types++;
            }
        }
        assertTrue(types > 30, types + " types");
    }

    @Test
    void itsExamplesOfTimesAreJudgedAsItSays() throws IOException {
        String sentence = page().replace('\n', ' ');
        int start = sentence.indexOf("whether every row has one:");
        List<String> names = codes(sentence.substring(start, sentence.indexOf("come about later", start)));
        assertEquals(7, names.size(), names.toString());
        for (int i = 0; i < names.size(); i++) {
            assertEquals(i < 3, TimeNames.score(names.get(i), true) > 0, names.get(i));
        }
    }

    private static void check(String type, String drawn) {
        String sql = "CREATE TABLE t (id INT PRIMARY KEY, x " + type + ", y REAL)";
        if (drawn.startsWith("refused")) {
            RelataException error = assertThrows(RelataException.class, () -> Parsing.read(sql), type);
            assertEquals("ddl.type", error.code(), error.getMessage());
            return;
        }
        TablePlan table = Parsing.table(sql);
        if (drawn.startsWith("nothing")) {
            assertEquals(List.of("y NUMERIC"), Parsing.features(table), type);
            assertThrows(RelataException.class, () -> Parsing.read(sql.replace(type + ",", type + " NOT NULL,")), type);
            return;
        }
        FeatureKind kind = switch (drawn.split("[;.]")[0]) {
            case "whole number" -> FeatureKind.INTEGER;
            case "number" -> FeatureKind.NUMERIC;
            case "truth value" -> FeatureKind.BOOLEAN;
            case "label" -> FeatureKind.CATEGORICAL;
            case "date" -> FeatureKind.DATE;
            case "text" -> FeatureKind.TEXT;
            default -> throw new AssertionError("what is \"" + drawn + "\"?");
        };
        if (kind == FeatureKind.DATE) {
            assertEquals(Optional.of("x"), table.timeColumn(), type);
        } else {
            assertEquals(kind, Parsing.column(table, "x").kind(), type);
        }
    }

    private static List<String> codes(String text) {
        List<String> codes = new ArrayList<>();
        Matcher code = CODE.matcher(text);
        while (code.find()) {
            codes.add(code.group(1));
        }
        return codes;
    }

    private static String page() throws IOException {
        return Files.readString(SharedData.repository().resolve("docs/how-to/synthetic-from-a-schema.md"));
    }
}
