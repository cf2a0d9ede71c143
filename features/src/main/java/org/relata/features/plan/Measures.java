package org.relata.features.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.relata.database.Column;
import org.relata.database.Database;
import org.relata.database.Sql;
import org.relata.database.Table;
import org.relata.features.FeatureSettings;

/// Chooses what features read of a table: one or more measures for each column, by its kind.
///
/// Constant columns and identifiers (categories that hardly ever repeat) are left out: nothing can be learned from
/// them.
final class Measures {
    private static final int LONGEST_VECTOR = 16;

    private final FeatureSettings settings;

    Measures(FeatureSettings settings) {
        this.settings = settings;
    }

    EncodedTable encode(Table table, TableProfile profile) {
        List<Measure> measures = new ArrayList<>();
        for (Column column : table.featureColumns()) {
            boolean ownTime = table.timeColumn().filter(column.name()::equals).isPresent();
            TableProfile.ColumnProfile values = profile.column(column.name());
            boolean constant = values.distinct() <= 1 && values.values() == profile.rows();
            if (!ownTime && values.values() > 0 && !constant) {
                measures.addAll(of(table, column, profile));
            }
        }
        for (int i = 0; i < table.foreignKeys().size(); i++) {
            String key = Database.foreignKeyColumn(i);
            String parents = PathWords.spaced(table.foreignKeys().get(i).targetTable());
            measures.add(new Measure(key, key, "t." + key, parents, Measure.Type.LINK, List.of()));
        }
        return new EncodedTable(
                table.name(), table.timeColumn(), table.foreignKeys().size(), measures);
    }

    private List<Measure> of(Table table, Column column, TableProfile profile) {
        String name = column.name();
        String t = "t." + Sql.id(name);
        String words = PathWords.spaced(name);
        return switch (column.kind()) {
            // An infinite value would turn every mean over it into nonsense.
            case NUMERIC ->
                List.of(number(
                        name,
                        name,
                        "CASE WHEN isfinite(CAST(" + t + " AS DOUBLE)) THEN CAST(" + t + " AS DOUBLE) END",
                        words));
            case BOOLEAN -> List.of(number(name, name, "CAST(CAST(" + t + " AS INTEGER) AS DOUBLE)", words));
            case CATEGORICAL -> category(column, t, words, profile);
            case MULTI_CATEGORICAL -> elements(column, t, words, profile);
            case TEXT -> text(column, t, words, profile);
            case VECTOR -> vector(column, t, words, profile);
            case TIMESTAMP -> List.of(time(table, name, t, words));
        };
    }

    private List<Measure> category(Column column, String t, String words, TableProfile profile) {
        TableProfile.ColumnProfile values = profile.column(column.name());
        boolean identifier = values.distinct() > 100 && values.distinct() > 0.8 * values.values();
        if (identifier) {
            return List.of();
        }
        List<String> kept = profile.frequent(column.name(), settings.keptCategories());
        String codes = kept.stream().map(Sql::text).collect(Collectors.joining(", ", "[", "]"));
        String position = "list_position(" + codes + "::VARCHAR[], CAST(" + t + " AS VARCHAR))";
        // list_position answers 0 or null for what is not in the list, by version; both mean "rarer than those kept".
        String code = "CAST(CASE WHEN " + t + " IS NULL THEN NULL ELSE coalesce(nullif(" + position + ", 0) - 1, "
                + kept.size() + ") END AS SMALLINT)";
        List<String> categories = new ArrayList<>(kept);
        categories.add("(other)");
        return List.of(new Measure(column.name(), column.name(), code, words, Measure.Type.CATEGORICAL, categories));
    }

    private List<Measure> elements(Column column, String t, String words, TableProfile profile) {
        List<Measure> measures = new ArrayList<>();
        measures.add(number(
                column.name() + ": size", column.name(), "CAST(len(" + t + ") AS DOUBLE)", "number of " + words));
        for (String element : profile.frequentElements(column.name(), settings.frequentCategories())) {
            measures.add(number(
                    column.name() + ": " + element,
                    column.name(),
                    "CAST(CAST(list_contains(" + t + "::VARCHAR[], " + Sql.text(element) + ") AS INTEGER) AS DOUBLE)",
                    words + " containing " + element));
        }
        return measures;
    }

    private List<Measure> text(Column column, String t, String words, TableProfile profile) {
        List<Measure> measures = new ArrayList<>();
        String name = column.name();
        String value = "CAST(" + t + " AS VARCHAR)";
        measures.add(number(name + ": length", name, "CAST(length(" + value + ") AS DOUBLE)", "length of " + words));
        // Names and codes have one word a row: hashing them would only invite the model to remember entities.
        if (profile.column(name).words() >= 2) {
            String tokens = "list_filter(string_split_regex(lower(" + value + "), '[^\\p{L}\\p{N}]+'), w -> w <> '')";
            measures.add(number(
                    name + ": words", name, "CAST(len(" + tokens + ") AS DOUBLE)", "number of words of " + words));
            for (int bucket = 0; bucket < settings.textBuckets(); bucket++) {
                measures.add(number(
                        name + ": words " + bucket,
                        name,
                        "CAST(len(list_filter(" + tokens + ", w -> md5_number(w) % " + settings.textBuckets() + " = "
                                + bucket + ")) AS DOUBLE) / greatest(len(" + tokens + "), 1)",
                        "share of words of " + words + " in hash bucket " + bucket));
            }
        }
        return measures;
    }

    private static List<Measure> vector(Column column, String t, String words, TableProfile profile) {
        List<Measure> measures = new ArrayList<>();
        int length = Math.min(LONGEST_VECTOR, profile.longestList(column.name()));
        for (int i = 1; i <= length; i++) {
            measures.add(number(
                    column.name() + "[" + i + "]",
                    column.name(),
                    "CAST(" + t + "[" + i + "] AS DOUBLE)",
                    "element " + i + " of " + words));
        }
        return measures;
    }

    private static Measure time(Table table, String name, String t, String words) {
        String micros = "epoch_us(CAST(" + t + " AS TIMESTAMP))";
        if (table.timeColumn().isEmpty()) {
            return new Measure(name, name, micros + " / 86400e6", words, Measure.Type.TIME, List.of());
        }
        // Beside the row's own time, a second time says how far ahead or behind it lies.
        return number(
                name + ": days after",
                name,
                "(" + micros + " - epoch_us(t." + Sql.id(table.timeColumn().get()) + ")) / 86400e6",
                "days from " + PathWords.spaced(table.timeColumn().get()) + " to " + words);
    }

    private static Measure number(String name, String column, String expression, String words) {
        return new Measure(name, column, expression, words, Measure.Type.NUMERIC, List.of());
    }
}
