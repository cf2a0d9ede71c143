package org.relata.synth.like;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.relata.database.Column;
import org.relata.database.ColumnKind;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.database.Schema;
import org.relata.database.Table;
import org.relata.synth.schema.ColumnPlan;
import org.relata.synth.schema.FeatureKind;
import org.relata.synth.schema.LinkPlan;
import org.relata.synth.schema.SchemaPlan;
import org.relata.synth.schema.TablePlan;
import org.relata.synth.schema.TimeSpan;

/// A plan in the likeness of a database.
///
/// @param plan the plan: tables, columns and links in the order of the database
/// @param notes what the plan does not hold though the database does, one sentence each
public record Likeness(SchemaPlan plan, List<String> notes) {
    /// Copies the notes.
    public Likeness {
        notes = List.copyOf(notes);
    }

    /// Takes the figures of a database. It reads every table a few times, inside the memory the store was given.
    ///
    /// @param database the database
    /// @param labels whether labels of categorical columns are taken over
    /// @param progress told how far the work is, in tables
    /// @throws RelataException `like.empty` when the database has no table that can be drawn
    public static Likeness of(Database database, LabelUse labels, Progress progress) {
        Schema schema = database.schema();
        List<String> notes = new ArrayList<>();
        if (schema.tables().isEmpty()) {
            throw RelataException.usage(
                    "like.empty", "database " + schema.name(), "it has no table", "name a database with tables");
        }
        KeyNames keys = new KeyNames(schema, notes);
        progress.begin("figures of " + schema.name(), schema.tables().size());
        List<TablePlan> tables = new ArrayList<>();
        Days days = new Days();
        for (Table table : schema.tables()) {
            if (Thread.interrupted()) {
                throw RelataException.failure("interrupted", table.name(), "the work was interrupted", "");
            }
            tables.add(table(database, table, keys, labels, notes));
            days.add(database, table);
            progress.done(tables.size());
        }
        return new Likeness(new SchemaPlan(tables, days.span()), notes);
    }

    private static TablePlan table(Database database, Table table, KeyNames keys, LabelUse labels, List<String> notes) {
        KeyNames.Names names = keys.of(table);
        long rows = database.rows(table.name());
        List<LinkPlan> links = new ArrayList<>();
        names.links().forEach((index, column) -> links.add(link(database, table, index, column, rows)));
        Optional<String> time =
                table.timeColumn().filter(column -> !names.used().contains(column));
        List<Column> columns = new ArrayList<>();
        for (Column column : table.columns()) {
            if (names.used().contains(column.name()) || time.equals(Optional.of(column.name()))) {
                continue;
            }
            if (column.kind() == ColumnKind.VECTOR) {
                notes.add(table.name() + "." + column.name() + " holds vectors, which are not drawn; it is left out");
                continue;
            }
            if (column.kind() == ColumnKind.MULTI_CATEGORICAL) {
                notes.add(
                        table.name() + "." + column.name() + " holds sets of labels; it is drawn with one label a row");
            }
            columns.add(column);
        }
        List<ColumnPlan> features = ColumnFigures.of(database.store(), table.name(), columns, rows, labels).stream()
                .map(Likeness::feature)
                .toList();
        return new TablePlan(table.name(), names.primaryKey(), links, features, time, OptionalLong.of(rows));
    }

    private static ColumnPlan feature(ColumnFigures figures) {
        FeatureKind kind = figures.kind();
        boolean counted = kind == FeatureKind.CATEGORICAL && figures.labels().isEmpty() && figures.classes() > 0;
        return new ColumnPlan(
                        figures.name(),
                        kind,
                        kind == FeatureKind.CATEGORICAL ? figures.labels() : List.of(),
                        counted ? OptionalInt.of(figures.classes()) : OptionalInt.empty())
                .withNullShare(figures.nullShare());
    }

    private static LinkPlan link(Database database, Table table, int index, String column, long rows) {
        String parent = table.foreignKeys().get(index).targetTable();
        Degrees degrees = Degrees.of(database.store(), table.name(), index, database.rows(parent));
        double nullShare = ColumnFigures.share(rows - degrees.links(), rows);
        Optional<DegreeFit> fit = DegreeFit.of(degrees);
        return new LinkPlan(
                column,
                parent,
                nullShare > 0,
                nullShare > 0 ? OptionalDouble.of(nullShare) : OptionalDouble.empty(),
                fit.map(f -> OptionalDouble.of(f.childless())).orElse(OptionalDouble.empty()),
                fit.map(f -> OptionalDouble.of(f.skew())).orElse(OptionalDouble.empty()),
                Lags.of(database, table, index));
    }

    /// The times of the tables seen so far, of which only the days are kept.
    private static final class Days {
        private Optional<LocalDateTime> first = Optional.empty();
        private Optional<LocalDateTime> last = Optional.empty();

        void add(Database database, Table table) {
            table.timeColumn()
                    .flatMap(time -> ColumnFigures.span(database.store(), table.name(), time))
                    .ifPresent(s -> {
                        first = Optional.of(
                                first.filter(f -> f.isBefore(s.from())).orElse(s.from()));
                        last = Optional.of(last.filter(l -> l.isAfter(s.to())).orElse(s.to()));
                    });
        }

        Optional<TimeSpan> span() {
            return first.flatMap(from -> last.map(to -> new TimeSpan(from, to)));
        }
    }
}
