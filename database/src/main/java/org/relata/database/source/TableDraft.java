package org.relata.database.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.relata.database.DataIssue.Severity;
import org.relata.database.Database;
import org.relata.database.Inference;
import org.relata.database.RelataException;
import org.relata.database.config.Choice;
import org.relata.database.config.ColumnConfig;
import org.relata.database.config.IssueCodes;
import org.relata.database.config.Nearest;
import org.relata.database.config.TableConfig;
import org.relata.database.infer.Attribute;
import org.relata.database.infer.ColumnStatistics;
import org.relata.database.infer.Relation;
import org.relata.database.infer.TextTyping;
import org.relata.database.infer.TextTyping.Typing;

/// A table whose plan is being settled: its columns and figures are fixed, its keys and time column fill in.
final class TableDraft {
    private final RawTable raw;
    private final TableConfig config;
    private final Map<String, ColumnStatistics> figures;
    private final List<Declared.Link> links = new ArrayList<>();
    private Relation relation;
    private List<String> primaryKey = List.of();
    private Optional<String> timeColumn = Optional.empty();

    private TableDraft(RawTable raw, TableConfig config, Relation relation, Map<String, ColumnStatistics> figures) {
        this.raw = raw;
        this.config = config;
        this.relation = relation;
        this.figures = figures;
    }

    /// Chooses the columns, makes dates of texts that are dates, and counts.
    static TableDraft of(LoadContext context, RawTable raw) {
        TableConfig config = context.config().table(raw.name());
        checkNames(raw, config);
        if (raw.rows() == 0) {
            context.issues()
                    .add(
                            IssueCodes.EMPTY_TABLE,
                            Severity.WARNING,
                            raw.name(),
                            Optional.empty(),
                            0,
                            "it has no rows",
                            "check the source, or leave the table out");
        }
        List<Attribute> chosen = raw.attributes().stream()
                .filter(a -> config.keep().isEmpty() || config.keep().contains(a.name()))
                .filter(a -> !config.drop().contains(a.name()))
                .toList();
        Relation relation = new Relation(raw.name(), raw.from() + " AS r", chosen, raw.rows());
        if (raw.typed()) {
            relation = withDates(context, relation, raw, config);
        }
        relation = withoutNaN(relation);
        Map<String, ColumnStatistics> figures =
                ColumnStatistics.of(context.workspace().duck(), relation);
        Relation useful = new UselessColumns(context, raw, config).remove(relation, figures);
        checkReserved(raw, useful);
        return new TableDraft(raw, config, useful, figures);
    }

    private static void checkNames(RawTable raw, TableConfig config) {
        List<String> known = raw.attributes().stream().map(Attribute::name).toList();
        List<String> named = new ArrayList<>(config.keep());
        named.addAll(config.drop());
        named.addAll(config.columns().keySet());
        for (String column : named) {
            if (!known.contains(column)) {
                throw unknown(raw.name(), column, "columns", known);
            }
        }
    }

    private static RelataException unknown(String table, String column, String key, List<String> known) {
        return RelataException.usage(
                "column.unknown",
                "table " + table + ", " + key,
                "there is no column " + column,
                Nearest.remedy(column, known));
    }

    private static void checkReserved(RawTable raw, Relation relation) {
        for (Attribute column : relation.attributes()) {
            if (raw.hidden().contains(column.name())) {
                continue;
            }
            String name = column.name().toLowerCase(Locale.ROOT);
            if (name.equals(Database.ROW) || name.matches("__fk[0-9]+")) {
                throw RelataException.usage(
                        "column.reserved",
                        "table " + relation.name(),
                        "the column name " + column.name() + " is needed by the store",
                        "rename it with `sql`, or `drop` it");
            }
        }
    }

    private static Relation withDates(LoadContext context, Relation relation, RawTable raw, TableConfig config) {
        TextTyping typing = new TextTyping(context.workspace().duck(), true);
        Map<String, ColumnConfig> declared = DeclaredColumns.of(config);
        raw.declared().kinds().forEach((column, kind) -> declared.putIfAbsent(column, ColumnConfig.of(kind)));
        Map<String, Typing> types = typing.judge(relation, declared);
        List<Attribute> attributes = new ArrayList<>();
        for (Attribute column : relation.attributes()) {
            Typing found = types.get(column.name());
            if (found == null || found.type().equals("VARCHAR")) {
                attributes.add(column);
                continue;
            }
            TypingReport.add(context, typing, relation, column.name(), found);
            if (!declared.containsKey(column.name())) {
                context.inferences()
                        .add(new Inference(
                                relation.name(),
                                Optional.of(column.name()),
                                "type " + found.type(),
                                found.evidence(),
                                0.9));
            }
            attributes.add(new Attribute(column.name(), found.sql(), found.type()));
        }
        return new Relation(relation.name(), relation.from(), attributes, relation.rows());
    }

    /// Data frames write NaN for "no value".
    private static Relation withoutNaN(Relation relation) {
        return new Relation(
                relation.name(),
                relation.from(),
                relation.attributes().stream()
                        .map(a -> a.type().equals("DOUBLE") || a.type().equals("FLOAT")
                                ? new Attribute(
                                        a.name(),
                                        "CASE WHEN isfinite(" + a.sql() + ") THEN " + a.sql() + " END",
                                        a.type())
                                : a)
                        .toList(),
                relation.rows());
    }

    /// Checks that a column named under a key of `database.yaml` is there.
    void requireColumn(String column, String key) {
        if (relation.attribute(column).isEmpty()) {
            throw unknown(
                    name(),
                    column,
                    key,
                    relation.attributes().stream().map(Attribute::name).toList());
        }
    }

    /// Puts another expression in the place of a column.
    void replace(Attribute attribute) {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        relation.attributes().forEach(a -> attributes.put(a.name(), a));
        attributes.put(attribute.name(), attribute);
        relation = new Relation(relation.name(), relation.from(), List.copyOf(attributes.values()), relation.rows());
    }

    String name() {
        return raw.name();
    }

    RawTable raw() {
        return raw;
    }

    TableConfig config() {
        return config;
    }

    Relation relation() {
        return relation;
    }

    Map<String, ColumnStatistics> figures() {
        return figures;
    }

    List<Declared.Link> links() {
        return links;
    }

    List<String> primaryKey() {
        return primaryKey;
    }

    void primaryKey(List<String> columns) {
        primaryKey = List.copyOf(columns);
    }

    Optional<String> timeColumn() {
        return timeColumn;
    }

    void timeColumn(String column) {
        timeColumn = Optional.of(column);
    }

    /// Whether the user spoke of a column as a key, a time or of a kind, so that it is kept even when it is empty.
    static boolean isNamed(TableConfig config, Declared declared, String column) {
        boolean key = config.primaryKey() instanceof Choice.Given<List<String>>(var pk) && pk.contains(column);
        boolean time = config.timeColumn() instanceof Choice.Given<String>(var t) && t.equals(column);
        boolean link = config.foreignKeys() instanceof Choice.Given<List<org.relata.database.ForeignKey>>(var links)
                && links.stream().anyMatch(l -> l.columns().contains(column));
        boolean source = declared.primaryKey() instanceof Choice.Given<List<String>>(var pk) && pk.contains(column)
                || declared.timeColumn() instanceof Choice.Given<String>(var t) && t.equals(column)
                || declared.links().stream()
                        .anyMatch(l ->
                                l.columns().contains(column) || l.matchChild().contains(column))
                || declared.kinds().containsKey(column);
        return key
                || time
                || link
                || source
                || config.keep().contains(column)
                || config.columns().containsKey(column);
    }
}
