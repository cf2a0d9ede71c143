package org.relata.features.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.relata.database.Column;
import org.relata.database.Database;
import org.relata.database.Schema;
import org.relata.database.Table;
import org.relata.features.FeatureSettings;

/// Chooses what features read of a table: one or more measures for each column, by its kind.
///
/// Constant columns and identifiers (categories that hardly ever repeat) are left out: nothing can be learned from
/// them.
final class Measures {
    private static final int LONGEST_VECTOR = 16;

    /// Categories with fewer rows each tell rows apart rather than group them.
    private static final int ROWS_PER_CATEGORY = 5;

    private final Schema schema;
    private final FeatureSettings settings;

    Measures(Schema schema, FeatureSettings settings) {
        this.schema = schema;
        this.settings = settings;
    }

    EncodedTable encode(Table table, TableProfile profile) {
        List<Measure> measures = new ArrayList<>();
        List<EncodedTable.Link> links = new ArrayList<>();
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
            Table parent = schema.require(table.foreignKeys().get(i).targetTable());
            String parents = PathWords.spaced(parent.name());
            measures.add(new Measure(key, key, new Reading.Link(), parents, Measure.Type.LINK, List.of()));
            links.add(new EncodedTable.Link(parent.name(), parent.timeColumn()));
        }
        return new EncodedTable(table.name(), table.timeColumn(), links, distinctlyNamed(measures));
    }

    /// Measures become columns, and to DuckDB `tags: a` and `tags: A` are one name.
    private static List<Measure> distinctlyNamed(List<Measure> measures) {
        Set<String> taken = new HashSet<>(Set.of(Database.ROW, EncodedTable.TIME));
        List<Measure> named = new ArrayList<>();
        for (Measure m : measures) {
            String name = UniqueNames.free(m.name(), taken, n -> n.toLowerCase(Locale.ROOT));
            named.add(new Measure(name, m.column(), m.reading(), m.words(), m.type(), m.categories()));
        }
        return named;
    }

    private List<Measure> of(Table table, Column column, TableProfile profile) {
        String name = column.name();
        String words = PathWords.spaced(name);
        return switch (column.kind()) {
            case NUMERIC -> List.of(number(name, name, new Reading.Number(), words));
            case BOOLEAN -> List.of(number(name, name, new Reading.Flag(), words));
            case CATEGORICAL -> category(name, words, profile);
            case MULTI_CATEGORICAL -> elements(name, words, profile);
            case TEXT -> text(name, words, profile);
            case VECTOR -> vector(name, words, profile);
            case TIMESTAMP -> List.of(time(table, name, words));
        };
    }

    private List<Measure> category(String name, String words, TableProfile profile) {
        if (identifies(profile.column(name))) {
            return List.of();
        }
        List<String> categories = new ArrayList<>(profile.frequent(name, settings.keptCategories()));
        categories.add("(other)");
        return List.of(new Measure(name, name, new Reading.Code(), words, Measure.Type.CATEGORICAL, categories));
    }

    /// Whether the values tell rows apart rather than group them.
    private static boolean identifies(TableProfile.ColumnProfile values) {
        return values.distinct() > 20 && values.values() < ROWS_PER_CATEGORY * values.distinct();
    }

    private List<Measure> elements(String name, String words, TableProfile profile) {
        List<Measure> measures = new ArrayList<>();
        measures.add(number(name + ": size", name, new Reading.ListSize(), "number of " + words));
        for (String element : profile.frequentElements(name, settings.frequentCategories())) {
            Reading contains = new Reading.ListContains(element);
            measures.add(number(name + ": " + element, name, contains, words + " containing " + element));
        }
        return measures;
    }

    private List<Measure> text(String name, String words, TableProfile profile) {
        // Names and codes of one word say which row it is; their length or absence only says when it was written down.
        if (profile.column(name).words() < 2 && identifies(profile.column(name))) {
            return List.of();
        }
        List<Measure> measures = new ArrayList<>();
        measures.add(number(name + ": length", name, new Reading.TextLength(), "length of " + words));
        // A single word has no statistics: hashing it would only invite the model to remember it.
        if (profile.column(name).words() >= 2) {
            measures.add(number(name + ": words", name, new Reading.TextWords(), "number of words of " + words));
            for (int bucket = 0; bucket < settings.textBuckets(); bucket++) {
                measures.add(number(
                        name + ": words " + bucket,
                        name,
                        new Reading.TextBucket(bucket, settings.textBuckets()),
                        "share of words of " + words + " in hash bucket " + bucket));
            }
        }
        return measures;
    }

    private static List<Measure> vector(String name, String words, TableProfile profile) {
        List<Measure> measures = new ArrayList<>();
        int length = Math.min(LONGEST_VECTOR, profile.longestList(name));
        for (int i = 1; i <= length; i++) {
            measures.add(number(name + "[" + i + "]", name, new Reading.Element(i), "element " + i + " of " + words));
        }
        return measures;
    }

    private static Measure time(Table table, String name, String words) {
        if (table.timeColumn().isEmpty()) {
            return new Measure(name, name, new Reading.Day(), words, Measure.Type.TIME, List.of());
        }
        // Beside the row's own time, a second time says how far ahead or behind it lies.
        String own = table.timeColumn().get();
        return number(
                name + ": days after",
                name,
                new Reading.DaysAfter(own),
                "days from " + PathWords.spaced(own) + " to " + words);
    }

    private static Measure number(String name, String column, Reading reading, String words) {
        return new Measure(name, column, reading, words, Measure.Type.NUMERIC, List.of());
    }
}
