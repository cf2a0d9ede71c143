package org.relata.synth.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.relata.synth.column.Column;
import org.relata.synth.column.Columns;
import org.relata.synth.column.Cut;
import org.relata.synth.column.Look;
import org.relata.synth.column.Sample;
import org.relata.synth.config.Config;
import org.relata.synth.config.DatabaseParameters;
import org.relata.synth.config.TopParameters;
import org.relata.synth.link.Links;
import org.relata.synth.link.Popularity;
import org.relata.synth.link.SimpleLinks;
import org.relata.synth.random.Key;
import org.relata.synth.schema.ColumnPlan;
import org.relata.synth.schema.FeatureKind;
import org.relata.synth.schema.Intervention;
import org.relata.synth.schema.LinkPlan;
import org.relata.synth.schema.TablePlan;
import org.relata.synth.schema.TimeSpan;
import org.relata.synth.scm.Evaluation;
import org.relata.synth.scm.Interventions;
import org.relata.synth.scm.Pilot;
import org.relata.synth.scm.Scm;
import org.relata.synth.source.SourceContext;

/// Settles tables, parents before children.
final class TableBuilder {
    /// Up to so many rows a table is known in full before it is written; of a longer one as many are.
    static final int SAMPLE = 65_536;

    /// Among fewer parents popularity would not show.
    private static final long LEAST_WINDOW = 8;

    private final Config config;
    private final TimeSpan span;
    private final Workers workers;
    private final Map<String, SyntheticTable> settled = new HashMap<>();
    private final Map<String, Long> rows;
    private final Columns columns;
    private final Planting planting;
    private final List<Intervention> interventions;
    private final World world;

    /// @param rows the rows of every table of the database
    /// @param interventions the columns that are held in the twin
    /// @param world which of the two is being looked at
    TableBuilder(
            Config config,
            TimeSpan span,
            Map<String, Long> rows,
            Planting planting,
            List<Intervention> interventions,
            World world,
            Workers workers) {
        this.planting = planting;
        this.interventions = interventions;
        this.world = world;
        this.config = config;
        this.span = span;
        this.rows = rows;
        this.workers = workers;
        this.columns = new Columns(config, span.from().toLocalDate().toEpochDay());
    }

    /// Settles a table.
    ///
    /// @param key the key of the table
    /// @param activity whether no other table refers to it
    SyntheticTable settle(TablePlan plan, Key key, boolean activity) {
        long size = plan.rows().orElseThrow();
        Optional<RowClock> clock = plan.timeColumn()
                .map(_ -> RowClock.of(
                        config.get(DatabaseParameters.ROW_TIMES_CHOICES)
                                .draw(key.child("times").draws()),
                        span,
                        size,
                        key.child("clock")));
        List<Links> links = links(plan, key, size, clock);
        List<Scm.Flow> flows = new ArrayList<>();
        List<Scm.OwnFlow> own = new ArrayList<>();
        for (int i = 0; i < links.size(); i++) {
            SyntheticTable parent = settled.get(plan.foreignKeys().get(i).parent());
            // A key that closes a circle leads to a table whose values are not there yet: it is drawn, but says
            // nothing.
            if (parent != null && parent.rows() > 0) {
                flows.add(new Scm.Flow(key.child("flow").child(i), links.get(i), parent));
            } else if (own(plan, i) && size > 0) {
                own.add(new Scm.OwnFlow(key.child("flow").child(i), links.get(i)));
            }
        }
        int[] classes = new int[plan.columns().size()];
        for (int c = 0; c < classes.length; c++) {
            classes[c] = columns.classes(plan.columns().get(c), columnKey(key, c));
        }
        SourceContext context = new SourceContext(config, key.child("scm"), Math.max(1, size), activity);
        Scm scm = Scm.draw(context, classes, flows, own);
        Pilot pilot = new Pilot(scm, spread(size, Evaluation.BLOCK));
        pilot.shown();
        if (!config.get(TopParameters.PARITY) && !config.get(DatabaseParameters.ALLOW_CONSTANT_COLUMNS) && size > 1) {
            new Substitution(scm, classes, pilot, key.child("substitute")).apply();
        }
        SyntheticTable table = finish(plan, key, size, links, clock, scm, classes, !activity, pilot);
        if (held(plan) || flows.stream().anyMatch(f -> f.parent() instanceof SyntheticTable p && p.changed())) {
            table.change(table.keeps() ? world.asInTwin(() -> all(table, classes.length)) : new float[0][]);
        }
        settled.put(plan.name(), table);
        for (int i = 0; i < plan.foreignKeys().size(); i++) {
            SyntheticTable parent = settled.get(plan.foreignKeys().get(i).parent());
            if (parent != null && parent != table) {
                int link = i;
                world.inTwin(() -> planting.settle(table, link, parent));
            }
        }
        return table;
    }

    private static boolean own(TablePlan plan, int link) {
        return plan.foreignKeys().get(link).parent().equals(plan.name());
    }

    /// Lets go of what evaluates the rows of a table: children read values that are kept.
    void written(String table) {
        SyntheticTable settledTable = settled.get(table);
        if (settledTable != null) {
            settledTable.scm().forget();
        }
    }

    /// Lets go of the values of a table.
    void forget(String table) {
        SyntheticTable settledTable = settled.get(table);
        if (settledTable != null) {
            settledTable.forget();
        }
    }

    /// How a settled table came about.
    Anatomy anatomy(SyntheticTable table) {
        List<String> hears = table.plan().foreignKeys().stream()
                .filter(k -> flows(settled.get(k.parent())))
                .map(LinkPlan::column)
                .toList();
        return Anatomy.of(table, hears, rows);
    }

    /// A key that closes a circle leads to a table whose values are not there yet: it is drawn, but says nothing.
    private static boolean flows(@Nullable SyntheticTable parent) {
        return parent != null && parent.rows() > 0;
    }

    private static Key columnKey(Key key, int column) {
        return key.child("column").child(column);
    }

    private List<Links> links(TablePlan plan, Key key, long size, Optional<RowClock> clock) {
        TableLinks drawer = new TableLinks(config);
        List<Links> links = new ArrayList<>();
        for (int i = 0; i < plan.foreignKeys().size(); i++) {
            LinkPlan link = plan.foreignKeys().get(i);
            boolean own = link.parent().equals(plan.name());
            Key linkKey = key.child("link").child(i);
            long parents = rows.getOrDefault(link.parent(), 0L);
            SyntheticTable parent = settled.get(link.parent());
            Optional<Popularity> planted = parent == null ? Optional.empty() : planting.popularity(plan, i, parent);
            Links drawn = parent != null && planted.isPresent()
                    ? planted(plan, i, parent, SimpleLinks.random(linkKey, parents, planted.get()), linkKey)
                    : drawer.draw(link, linkKey, parents, size, own);
            if (parent != null && parent.clock().isPresent() && clock.isPresent()) {
                drawn = dated(drawn, link, linkKey, parents, parent.clock().get(), clock.get());
            }
            links.add(drawn);
        }
        return links;
    }

    private static boolean named(Intervention intervention, TablePlan plan) {
        return intervention.table().equals(plan.name());
    }

    private boolean held(TablePlan plan) {
        return interventions.stream().anyMatch(i -> named(i, plan));
    }

    /// Links that a column of the parent decides: held, it lets rows pick other parents.
    private Links planted(TablePlan plan, int link, SyntheticTable parent, Links drawn, Key key) {
        if (!parent.changed()) {
            return drawn;
        }
        Popularity popularity =
                world.asInTwin(() -> planting.popularity(plan, link, parent).orElseThrow());
        Links other = SimpleLinks.random(key, parent.rows(), popularity);
        return row -> (world.isTwin() ? other : drawn).parent(row);
    }

    private static Links dated(
            Links links, LinkPlan plan, Key key, long parents, RowClock parentClock, RowClock clock) {
        // A window of twice the mean lag has it as its mean.
        long window = plan.lag().isEmpty()
                ? parents
                : Math.max(LEAST_WINDOW, (long) (2 * plan.lag().getAsDouble() * parents));
        return SimpleLinks.noLaterThan(
                links,
                key,
                row -> parentClock.upTo(clock.micros(row), parents),
                TableLinks.popularity(plan, key, parents),
                window);
    }

    /// Evenly spread rows, all of them where there are no more than wanted.
    private static long[] spread(long size, int wanted) {
        int count = (int) Math.min(Math.max(1, size), wanted);
        long[] spread = new long[count];
        for (int i = 0; i < count; i++) {
            spread[i] = count == size ? i : (long) ((double) i * Math.max(1, size) / count);
        }
        return spread;
    }

    private SyntheticTable finish(
            TablePlan plan,
            Key key,
            long size,
            List<Links> links,
            Optional<RowClock> clock,
            Scm scm,
            int[] classes,
            boolean referenced,
            Pilot pilot) {
        long[] known = spread(size, SAMPLE);
        boolean complete = known.length == size;
        Interventions none = new Interventions(scm, Map.of());
        float[][] values =
                evaluated(scm, classes.length, none, known, complete ? Optional.of(pilot) : Optional.empty());
        float[][] uncut = held(plan) ? Arrays.stream(values).map(float[]::clone).toArray(float[][]::new) : values;
        List<Column> settledColumns = new ArrayList<>();
        double share = config.get(DatabaseParameters.COLUMN_NAN_PERC_CHOICES)
                .draw(key.child("nan").draws());
        for (int c = 0; c < classes.length; c++) {
            ColumnPlan column = plan.columns().get(c);
            Sample raw = new Sample(values[c], complete);
            Optional<Cut> cut = columns.cut(classes[c], scm.classes(scm.shownBy(c)), raw, columnKey(key, c));
            Column.settle(cut, classes[c], values[c], values[c].length);
            settledColumns.add(columns.settle(
                    column,
                    classes[c],
                    cut,
                    new Sample(values[c], complete),
                    columnKey(key, c),
                    size,
                    column.nullShare().orElse(numeric(column.kind()) ? share : 0)));
        }
        int[] order = order(scm, settledColumns, values);
        Interventions held = hold(plan, scm, settledColumns, uncut);
        SyntheticTable table = new SyntheticTable(
                plan, size, links, clock, scm, settledColumns, order, held, world, complete ? values : new float[0][]);
        if (!complete && referenced) {
            table.keep(all(table, classes.length));
        }
        return table;
    }

    /// Holds the columns of a table that are to be held.
    private Interventions hold(TablePlan plan, Scm scm, List<Column> of, float[][] raw) {
        Holding holding = new Holding(scm, of);
        List<String> names = plan.columns().stream().map(ColumnPlan::name).toList();
        for (Intervention intervention : interventions) {
            if (named(intervention, plan)) {
                int column = names.indexOf(intervention.column());
                holding.hold(intervention, column, raw[column]);
            }
        }
        return holding.interventions();
    }

    /// The values of all rows, for children to read.
    private float[][] all(SyntheticTable table, int columns) {
        int size = Math.toIntExact(table.rows());
        float[][] all = new float[columns][size];
        workers.forEach(Math.ceilDiv(size, Evaluation.BLOCK), Scratch::new, (scratch, block) -> {
            int from = block * Evaluation.BLOCK;
            int count = Math.min(Evaluation.BLOCK, size - from);
            long[] numbers = LongStream.range(from, from + count).toArray();
            float[][] values = new float[columns][count];
            table.values(numbers, count, scratch.evaluation(table.scm()), values);
            for (int c = 0; c < values.length; c++) {
                System.arraycopy(values[c], 0, all[c], from, count);
            }
        });
        return all;
    }

    /// The values of the variables that columns show, for some rows.
    ///
    /// @param pilot those whose rows are among these; nothing where they may not be
    private float[][] evaluated(Scm scm, int shown, Interventions interventions, long[] of, Optional<Pilot> pilot) {
        float[][] values = new float[shown][of.length];
        boolean[] known = new boolean[of.length];
        if (pilot.isPresent()) {
            long[] rows = spread(of.length, Evaluation.BLOCK);
            for (int i = 0; i < rows.length && of.length > 0; i++) {
                known[(int) rows[i]] = true;
                for (int c = 0; c < shown; c++) {
                    values[c][(int) rows[i]] = pilot.get().values(scm.shownBy(c))[i];
                }
            }
        }
        int[] rest = IntStream.range(0, of.length).filter(i -> !known[i]).toArray();
        workers.forEach(Math.ceilDiv(rest.length, Evaluation.BLOCK), Scratch::new, (scratch, block) -> {
            int from = block * Evaluation.BLOCK;
            int count = Math.min(Evaluation.BLOCK, rest.length - from);
            Evaluation evaluation = scratch.evaluation(scm);
            evaluation.run(
                    Arrays.stream(rest, from, from + count)
                            .mapToLong(i -> of[i])
                            .toArray(),
                    count,
                    interventions);
            for (int c = 0; c < shown; c++) {
                float[] own = evaluation.values(scm.shownBy(c));
                for (int i = 0; i < count; i++) {
                    values[c][rest[from + i]] = own[i];
                }
            }
        });
        return values;
    }

    /// Which columns are shown, in which order: all as declared, unless the reference's ways are asked for.
    private int[] order(Scm scm, List<Column> of, float[][] values) {
        boolean parity = config.get(TopParameters.PARITY);
        boolean drop = parity || config.get(DatabaseParameters.DROP_CONSTANT);
        IntStream kept = IntStream.range(0, of.size()).filter(c -> !drop || !constantFlag(of.get(c), values[c]));
        return parity || !config.get(DatabaseParameters.KEEP_DECLARED_ORDER)
                ? kept.boxed()
                        .sorted(Comparator.comparingInt(scm::shownBy))
                        .mapToInt(Integer::intValue)
                        .toArray()
                : kept.toArray();
    }

    private static boolean constantFlag(Column column, float[] values) {
        if (!(column.look() instanceof Look.Flag flag)) {
            return false;
        }
        int set = 0;
        for (float value : values) {
            set += (int) value != flag.not() ? 1 : 0;
        }
        return set == 0 || set == values.length;
    }

    private static boolean numeric(FeatureKind kind) {
        return kind == FeatureKind.NUMERIC || kind == FeatureKind.INTEGER;
    }
}
