package org.relata.database.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relata.database.ColumnKind;
import org.relata.database.DataIssue.Severity;
import org.relata.database.Duck;
import org.relata.database.Inference;
import org.relata.database.RelataException;
import org.relata.database.check.BorrowedTime;
import org.relata.database.config.Choice;
import org.relata.database.config.IssueCodes;
import org.relata.database.config.Nearest;
import org.relata.database.config.TableConfig;
import org.relata.database.infer.Attribute;
import org.relata.database.infer.ColumnStatistics;
import org.relata.database.infer.KeyInference;
import org.relata.database.infer.KindInference;
import org.relata.database.infer.LinkInference;
import org.relata.database.infer.TimeInference;

/// Joins what `database.yaml` says, what the source declares and what the data show into a plan for every table.
///
/// The user's word goes before the source's, and the source's before what is concluded. Keys are settled for all tables
/// before links, and links before times and kinds, because each needs the former.
final class SchemaPlanner {
    private static final int EVENTS = 500;

    private final LoadContext context;
    private final Duck duck;
    private final Map<String, TableDraft> drafts = new LinkedHashMap<>();

    SchemaPlanner(LoadContext context) {
        this.context = context;
        this.duck = context.workspace().duck();
    }

    /// The plans of the given tables, in their order.
    List<TablePlan> plan(List<RawTable> tables) {
        for (RawTable table : tables) {
            LoadContext.stopIfInterrupted();
            drafts.put(table.name(), TableDraft.of(context, table));
        }
        drafts.values().forEach(this::settleKey);
        drafts.values().forEach(this::settleLinks);
        settleTimes();
        List<TablePlan> plans = new ArrayList<>();
        for (TableDraft draft : drafts.values()) {
            plans.add(finish(draft));
        }
        return plans;
    }

    private void settleKey(TableDraft draft) {
        Choice<List<String>> choice =
                first(draft.config().primaryKey(), draft.raw().declared().primaryKey());
        switch (choice) {
            case Choice.Given<List<String>>(var columns) -> {
                columns.forEach(c -> draft.requireColumn(c, "pkey"));
                draft.primaryKey(columns);
            }
            case Choice.None<List<String>>() -> {}
            case Choice.Inferred<List<String>>() -> {
                if (context.config().infer()) {
                    new KeyInference(duck)
                            .judge(draft.relation(), draft.figures())
                            .ifPresent(c -> {
                                draft.primaryKey(c.columns());
                                conclude(draft, c.columns(), "primary key", c.evidence(), c.confidence());
                            });
                }
            }
        }
    }

    private void settleLinks(TableDraft draft) {
        Set<String> settled = new HashSet<>();
        boolean infer = context.config().infer();
        switch (draft.config().foreignKeys()) {
            case Choice.Given<List<org.relata.database.ForeignKey>>(var links) -> {
                infer = false;
                for (var link : links) {
                    link.columns().forEach(c -> draft.requireColumn(c, "fkeys"));
                    addLink(
                            draft,
                            draft.raw()
                                    .declared()
                                    .link(link.columns())
                                    .filter(l -> l.table().equals(link.targetTable()))
                                    .orElseGet(() -> Declared.Link.of(link.columns(), link.targetTable())),
                            true);
                }
            }
            case Choice.None<List<org.relata.database.ForeignKey>>() -> infer = false;
            case Choice.Inferred<List<org.relata.database.ForeignKey>>() -> {
                infer = infer && draft.raw().declared().inferLinks();
                for (Declared.Link link : draft.raw().declared().links()) {
                    // A declared link may lead to a table or column that the user leaves out.
                    boolean here = drafts.containsKey(link.table())
                            && link.matchChild().stream()
                                    .allMatch(c -> draft.relation().attribute(c).isPresent());
                    if (here) {
                        addLink(draft, link, false);
                        settled.addAll(link.columns());
                    }
                }
            }
        }
        if (infer) {
            List<LinkInference.Parent> parents = drafts.values().stream()
                    .filter(d -> !d.primaryKey().isEmpty())
                    .map(d -> new LinkInference.Parent(d.relation(), d.primaryKey()))
                    .toList();
            for (var c : new LinkInference(duck)
                    .judge(draft.relation(), draft.primaryKey(), settled, draft.figures(), parents)) {
                addLink(draft, Declared.Link.of(c.columns(), c.table()), false);
                conclude(draft, c.columns(), "foreign key to " + c.table(), c.evidence(), c.confidence());
            }
        }
    }

    private void addLink(TableDraft draft, Declared.Link link, boolean byUser) {
        TableDraft target = drafts.get(link.table());
        if (target == null) {
            throw RelataException.usage(
                    "link.target",
                    "table " + draft.name() + ", fkeys " + String.join(", ", link.columns()),
                    "there is no table " + link.table(),
                    Nearest.remedy(link.table(), drafts.keySet()));
        }
        if (target.primaryKey().size() != link.columns().size()) {
            String problem = target.primaryKey().isEmpty()
                    ? link.table() + " has no primary key to point to"
                    : "it has " + link.columns().size() + " column(s), but the primary key of " + link.table() + " is "
                            + String.join(", ", target.primaryKey());
            if (byUser) {
                throw RelataException.usage(
                        "link.key",
                        "table " + draft.name() + ", fkeys " + String.join(", ", link.columns()),
                        problem,
                        "declare `pkey` for " + link.table() + " accordingly");
            }
            context.issues()
                    .add(
                            IssueCodes.UNUSABLE_KEY,
                            Severity.WARNING,
                            draft.name(),
                            Optional.of(String.join(", ", link.columns())),
                            draft.relation().rows(),
                            "the declared link to " + link.table() + " is left out: " + problem,
                            "declare `pkey` for " + link.table());
            return;
        }
        draft.links().add(link);
    }

    private void settleTimes() {
        Map<String, TimeInference.Subject> open = new LinkedHashMap<>();
        for (TableDraft draft : drafts.values()) {
            switch (first(draft.config().timeColumn(), draft.raw().declared().timeColumn())) {
                case Choice.Given<String>(var column) -> draft.timeColumn(TimeColumns.require(context, draft, column));
                case Choice.None<String>() -> {}
                case Choice.Inferred<String>() -> {
                    if (context.config().infer()) {
                        open.put(
                                draft.name(),
                                new TimeInference.Subject(
                                        draft.relation(),
                                        draft.primaryKey(),
                                        !draft.links().isEmpty()));
                    }
                }
            }
        }
        Map<String, Map<String, ColumnStatistics>> figures = new LinkedHashMap<>();
        drafts.forEach((name, draft) -> figures.put(name, draft.figures()));
        Map<String, TimeInference.Conclusion> found = new TimeInference(duck).judge(open, figures);
        for (String table : open.keySet()) {
            TableDraft draft = drafts.get(table);
            TimeInference.Conclusion conclusion = found.get(table);
            if (draft != null && conclusion != null) {
                draft.timeColumn(conclusion.column());
                conclude(
                        draft,
                        List.of(conclusion.column()),
                        "time column",
                        conclusion.evidence(),
                        conclusion.confidence());
            }
        }
        open.keySet().stream()
                .map(drafts::get)
                .filter(draft -> draft != null && draft.timeColumn().isEmpty())
                .forEach(this::warnIfEvents);
    }

    /// What would date the rows of a table: a dated row that they refer to, where there is one.
    private String timeRemedy(TableDraft draft) {
        for (Declared.Link link : draft.links()) {
            TableDraft parent = drafts.get(link.table());
            if (parent != null
                    && parent.timeColumn().isPresent()
                    && link.columns().equals(link.matchChild())
                    && parent.primaryKey().size() == link.columns().size()) {
                return BorrowedTime.remedy(
                        draft.name(),
                        link.columns(),
                        parent.name(),
                        parent.primaryKey(),
                        parent.timeColumn().get());
            }
        }
        return "declare `time_col`, or take the time from a parent with `sql`";
    }

    /// A large table that refers to others, and that none refers to, records events; and events need a time.
    private void warnIfEvents(TableDraft draft) {
        boolean referred = drafts.values().stream()
                .anyMatch(d -> d.links().stream().anyMatch(l -> l.table().equals(draft.name())));
        boolean larger = draft.relation().rows() >= EVENTS
                && !draft.links().isEmpty()
                && !referred
                && draft.links().stream().allMatch(l -> {
                    TableDraft parent = drafts.get(l.table());
                    return parent != null
                            && parent.relation().rows() < draft.relation().rows();
                });
        if (larger) {
            context.issues()
                    .add(
                            IssueCodes.NO_TIME,
                            Severity.WARNING,
                            draft.name(),
                            Optional.empty(),
                            draft.relation().rows(),
                            "it looks like events, but no column says when they happened, so all its rows count as known"
                                    + " at any time",
                            timeRemedy(draft));
        }
    }

    private TablePlan finish(TableDraft draft) {
        Set<String> keys = new LinkedHashSet<>(draft.primaryKey());
        draft.links().forEach(l -> {
            keys.addAll(l.columns());
            keys.addAll(l.matchChild());
        });
        KindInference kinds = new KindInference(duck);
        List<TablePlan.PlannedColumn> columns = new ArrayList<>();
        for (Attribute column : draft.relation().attributes()) {
            if (draft.raw().hidden().contains(column.name())) {
                continue;
            }
            if (keys.contains(column.name())) {
                ColumnKind kind = draft.raw()
                        .declared()
                        .kinds()
                        .getOrDefault(column.name(), column.isText() ? ColumnKind.CATEGORICAL : ColumnKind.NUMERIC);
                columns.add(new TablePlan.PlannedColumn(column.name(), kind, StoredValue.key(column)));
            } else {
                columns.add(plannedColumn(draft, kinds, column));
            }
        }
        return new TablePlan(draft.relation(), columns, draft.primaryKey(), draft.links(), draft.timeColumn());
    }

    private TablePlan.PlannedColumn plannedColumn(TableDraft draft, KindInference kinds, Attribute column) {
        TableConfig config = draft.config();
        Optional<ColumnKind> declared = config.column(column.name())
                .kind()
                .or(() -> Optional.ofNullable(draft.raw().declared().kinds().get(column.name())));
        if (draft.timeColumn().filter(column.name()::equals).isPresent()) {
            declared = Optional.of(ColumnKind.TIMESTAMP);
        }
        Optional<String> delimiter = config.column(column.name()).delimiter();
        ColumnStatistics figures = draft.figures().get(column.name());
        if (declared.isEmpty() && figures != null) {
            KindInference.Conclusion c = kinds.judge(draft.relation(), column, figures);
            conclude(draft, List.of(column.name()), "kind " + c.kind().label(), c.evidence(), c.confidence());
            declared = Optional.of(c.kind());
            delimiter = delimiter.or(c::delimiter);
        }
        ColumnKind kind = declared.orElse(ColumnKind.TEXT);
        if (kind == ColumnKind.MULTI_CATEGORICAL && delimiter.isEmpty() && figures != null) {
            delimiter = kinds.delimiter(draft.relation(), column, figures);
        }
        KindChecks.requirePossible(draft, column, kind);
        return new TablePlan.PlannedColumn(column.name(), kind, StoredValue.of(column, kind, delimiter));
    }

    private void conclude(
            TableDraft draft, List<String> columns, String conclusion, String evidence, double confidence) {
        context.inferences()
                .add(new Inference(
                        draft.name(), Optional.of(String.join(", ", columns)), conclusion, evidence, confidence));
    }

    /// The user's choice, or the source's where the user made none.
    private static <T> Choice<T> first(Choice<T> user, Choice<T> source) {
        return switch (user) {
            case Choice.Inferred<T>() -> source;
            case Choice.Given<T> given -> given;
            case Choice.None<T> none -> none;
        };
    }
}
