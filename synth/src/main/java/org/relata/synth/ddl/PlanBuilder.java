package org.relata.synth.ddl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.relata.synth.schema.ColumnPlan;
import org.relata.synth.schema.Decimals;
import org.relata.synth.schema.FeatureKind;
import org.relata.synth.schema.LinkPlan;
import org.relata.synth.schema.SchemaPlan;
import org.relata.synth.schema.TablePlan;

/// Makes a plan of the tables that a file holds once it is read to its end, since later statements add to earlier ones.
final class PlanBuilder {
    private final Source source;
    private final Catalogue catalogue;
    private final Unmodelled unmodelled;
    private final List<String> notes = new ArrayList<>();
    private final ColumnTypes types;
    private final Map<TableDraft, String> names = new HashMap<>();

    PlanBuilder(Source source, Catalogue catalogue, Unmodelled unmodelled) {
        this.source = source;
        this.catalogue = catalogue;
        this.unmodelled = unmodelled;
        this.types = new ColumnTypes(source, catalogue);
    }

    SchemaFile build() {
        if (catalogue.tables().isEmpty()) {
            throw source.error("ddl.empty", 0, "there is no CREATE TABLE in it", "name a file that makes tables");
        }
        nameTables();
        Keys keys = new Keys(source, catalogue, notes);
        List<TablePlan> tables = new ArrayList<>();
        for (TableDraft table : catalogue.tables()) {
            tables.add(table(table, keys));
        }
        SchemaPlan plan = SchemaPlan.of(tables);
        for (List<String> circle : Cycles.of(plan)) {
            if (circle.size() > 2) {
                notes.add(circle.getFirst() + ": tables refer to each other in a circle (" + String.join(" → ", circle)
                        + ")");
            }
        }
        return new SchemaFile(plan, notes);
    }

    /// Tables of one name in two schemas carry the schema's name before their own.
    private void nameTables() {
        Set<String> taken = new HashSet<>();
        for (TableDraft table : catalogue.tables()) {
            QualifiedName name = table.name;
            boolean prefixed = catalogue.isAmbiguous(name) && !name.schema().isEmpty();
            String plain = prefixed ? name.schema() + "_" + name.name() : name.name();
            if (!taken.add(plain.toLowerCase(Locale.ROOT))) {
                throw source.error(
                        "ddl.table", name.at().offset(), "there are two tables called " + plain, "rename one");
            }
            names.put(table, plain);
        }
    }

    private TablePlan table(TableDraft table, Keys keys) {
        if (table.columns.isEmpty()) {
            throw source.error(
                    "ddl.table", table.name.at().offset(), "table " + name(table) + " has no columns", "give it one");
        }
        Set<String> keyColumns = new HashSet<>();
        Optional<Token> primary = keys.primary(table);
        primary.ifPresent(key -> keyColumns.add(key.key()));
        List<LinkPlan> links = new ArrayList<>();
        for (Keys.Link link : keys.links(table)) {
            Token column = link.column().name();
            keyColumns.add(column.key());
            links.add(LinkPlan.of(column.text(), name(link.parent()), !isRequired(table, link.column())));
        }
        List<ColumnDraft> others = table.columns.values().stream()
                .filter(column -> !keyColumns.contains(column.name().key()))
                .toList();
        List<ColumnPlan> features = new ArrayList<>();
        Optional<String> time = Optional.empty();
        int best = 0;
        for (ColumnDraft column : others) {
            ColumnTypes.Content content = types.content(table, column);
            boolean required = isRequired(table, column);
            if (content.kind().isEmpty()) {
                leaveOut(table, column, content.meaning());
                continue;
            }
            features.add(feature(column, content, required));
            int score = content.kind().get() == FeatureKind.DATE
                    ? TimeNames.score(column.name().text(), required)
                    : 0;
            if (score > best) {
                best = score;
                time = Optional.of(column.name().text());
            }
        }
        time.ifPresent(name -> features.removeIf(feature -> feature.name().equals(name)));
        return new TablePlan(name(table), primary.map(Token::text), links, features, time, OptionalLong.empty());
    }

    private static ColumnPlan feature(ColumnDraft column, ColumnTypes.Content content, boolean required) {
        FeatureKind kind = content.kind().orElseThrow();
        List<String> labels = kind == FeatureKind.CATEGORICAL
                ? content.labels().map(Labels::values).orElse(List.of())
                : List.of();
        OptionalDouble nulls = required ? OptionalDouble.of(0) : OptionalDouble.empty();
        boolean number = kind == FeatureKind.NUMERIC || kind == FeatureKind.INTEGER;
        Optional<Decimals> decimals = number ? content.decimals() : Optional.empty();
        return new ColumnPlan(column.name().text(), kind, labels, OptionalInt.empty(), nulls, decimals);
    }

    /// Leaves out a column that cannot be drawn, or refuses it.
    private void leaveOut(TableDraft table, ColumnDraft column, Meaning meaning) {
        String type = column.type().name().isEmpty()
                ? "no type"
                : "type " + column.type().shown();
        boolean absent = meaning == Meaning.BINARY && !isRequired(table, column);
        boolean allowed = switch (unmodelled) {
            case REFUSED -> false;
            case ABSENT_BYTES_LEFT_OUT -> absent;
            case LEFT_OUT -> true;
        };
        String place = name(table) + "." + column.name().text();
        if (allowed) {
            notes.add(place + " has " + type + ", which is not drawn; it is left out");
            return;
        }
        throw source.error(
                "ddl.type",
                column.type().at().offset(),
                place + " has " + type + (meaning == Meaning.UNKNOWN ? ", which is not known" : ", which is not drawn"),
                "take the column out, leave such columns out with --unmodelled leave-out, or write a type of numbers, texts,"
                        + " dates or labels");
    }

    private static boolean isRequired(TableDraft table, ColumnDraft column) {
        String name = column.name().key();
        return column.notNull()
                || column.type().name().contains("serial")
                || table.primaryKey.stream().anyMatch(key -> key.key().equals(name));
    }

    private String name(TableDraft table) {
        return names.getOrDefault(table, table.name.name());
    }
}
