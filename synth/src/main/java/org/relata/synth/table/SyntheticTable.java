package org.relata.synth.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.synth.column.Cells;
import org.relata.synth.column.Column;
import org.relata.synth.link.Links;
import org.relata.synth.schema.LinkPlan;
import org.relata.synth.schema.TablePlan;
import org.relata.synth.scm.Evaluation;
import org.relata.synth.scm.Interventions;
import org.relata.synth.scm.Knots;
import org.relata.synth.scm.Scm;
import org.relata.synth.scm.StoredTable;

/// A table that is settled: any of its rows can be written at any time.
///
/// Values are kept when children read them or when they had to be evaluated anyway; those of a long table that nothing
/// reads are evaluated as they are written.
final class SyntheticTable implements StoredTable {
    private final TablePlan plan;
    private final long rows;
    private final List<Links> links;
    private final Optional<RowClock> clock;
    private final Scm scm;
    private final List<Column> columns;
    private final int[] order;
    private final Interventions none;
    private final Interventions held;
    private final World world;
    private float[][] kept;
    private float[][] twin = new float[0][];
    private boolean changed;

    /// @param order which columns are shown, and in which order
    /// @param held the variables that are held in the twin
    /// @param kept for each column the values of all rows; empty where they are not kept
    SyntheticTable(
            TablePlan plan,
            long rows,
            List<Links> links,
            Optional<RowClock> clock,
            Scm scm,
            List<Column> columns,
            int[] order,
            Interventions held,
            World world,
            float[][] kept) {
        this.plan = plan;
        this.rows = rows;
        this.links = links;
        this.clock = clock;
        this.scm = scm;
        this.columns = columns;
        this.order = order;
        this.none = new Interventions(scm, Map.of());
        this.held = held;
        this.world = world;
        this.kept = kept;
    }

    /// Keeps the values of all rows.
    void keep(float[][] values) {
        kept = values;
    }

    /// Notes that some columns, or those of its parents, are held in the twin.
    ///
    /// @param values for each column the values of all rows in the twin; empty where they are not kept
    void change(float[][] values) {
        changed = true;
        twin = values;
    }

    /// Whether the twin has other values.
    boolean changed() {
        return changed;
    }

    /// Forgets kept values: no child will read them any more.
    void forget() {
        kept = new float[0][];
        twin = new float[0][];
    }

    boolean keeps() {
        return kept().length > 0 || columns.isEmpty();
    }

    private float[][] kept() {
        return changed && world.isTwin() ? twin : kept;
    }

    /// The parents of its rows, for each foreign key.
    List<Links> links() {
        return links;
    }

    Optional<RowClock> clock() {
        return clock;
    }

    long rows() {
        return rows;
    }

    Scm scm() {
        return scm;
    }

    TablePlan plan() {
        return plan;
    }

    TableShape shape() {
        List<TableShape.ShownColumn> shown = new ArrayList<>();
        plan.primaryKey().ifPresent(c -> shown.add(new TableShape.ShownColumn(c, TableShape.Type.KEY)));
        for (LinkPlan link : plan.foreignKeys()) {
            shown.add(new TableShape.ShownColumn(link.column(), TableShape.Type.KEY));
        }
        for (int column : order) {
            shown.add(new TableShape.ShownColumn(plan.columns().get(column).name(), type(column)));
        }
        plan.timeColumn().ifPresent(c -> shown.add(new TableShape.ShownColumn(c, TableShape.Type.INSTANT)));
        return new TableShape(plan.name(), plan.primaryKey(), plan.foreignKeys(), shown, plan.timeColumn(), rows);
    }

    private TableShape.Type type(int column) {
        return switch (plan.columns().get(column).kind()) {
            case NUMERIC -> TableShape.Type.REAL;
            case INTEGER -> TableShape.Type.LONG;
            case BOOLEAN -> TableShape.Type.FLAG;
            case CATEGORICAL -> TableShape.Type.LABEL;
            case DATE -> TableShape.Type.DAY;
            case TEXT -> TableShape.Type.TEXT;
        };
    }

    @Override
    public int columns() {
        return columns.size();
    }

    @Override
    public Knots knots(int column) {
        int classes = columns.get(column).classes();
        return classes > 0 ? Knots.ofClasses(classes) : scm.knots(scm.shownBy(column));
    }

    @Override
    public boolean embeds(int column) {
        return scm.eager() && columns.get(column).classes() > 0;
    }

    @Override
    public void gather(int column, long[] of, int count, float[] into) {
        float[] values = kept()[column];
        for (int i = 0; i < count; i++) {
            into[i] = of[i] < 0 ? 0 : values[(int) of[i]];
        }
    }

    /// Puts the values that children see into arrays, one for each column.
    void values(long[] of, int count, Evaluation evaluation, float[][] into) {
        evaluation.run(of, count, world.isTwin() ? held : none);
        for (int column = 0; column < columns.size(); column++) {
            System.arraycopy(evaluation.values(scm.shownBy(column)), 0, into[column], 0, count);
            columns.get(column).settle(into[column], count);
        }
    }

    /// Writes some rows.
    ///
    /// @param scratch of the calling thread
    Rows rows(long first, int count, Scratch scratch) {
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = first + i;
        }
        boolean[] none = new boolean[count];
        List<Cells> cells = new ArrayList<>();
        if (plan.primaryKey().isPresent()) {
            cells.add(new Cells.Longs(numbers, none));
        }
        for (Links of : links) {
            cells.add(keys(of, numbers));
        }
        float[][] values = new float[columns.size()][];
        if (keeps()) {
            for (int column = 0; column < values.length; column++) {
                values[column] = Arrays.copyOfRange(kept()[column], (int) first, (int) first + count);
            }
        } else {
            evaluate(numbers, scratch, values);
        }
        for (int column : order) {
            cells.add(columns.get(column).cells(values[column], numbers, count));
        }
        clock.ifPresent(c -> cells.add(
                new Cells.Instants(Arrays.stream(numbers).map(c::micros).toArray(), none)));
        return new Rows(first, count, cells);
    }

    private void evaluate(long[] numbers, Scratch scratch, float[][] values) {
        Arrays.setAll(values, _ -> new float[numbers.length]);
        float[][] block = new float[columns.size()][Evaluation.BLOCK];
        for (int from = 0; from < numbers.length; from += Evaluation.BLOCK) {
            int count = Math.min(Evaluation.BLOCK, numbers.length - from);
            values(Arrays.copyOfRange(numbers, from, from + count), count, scratch.evaluation(scm), block);
            for (int column = 0; column < values.length; column++) {
                System.arraycopy(block[column], 0, values[column], from, count);
            }
        }
    }

    private static Cells keys(Links links, long[] numbers) {
        long[] parents = new long[numbers.length];
        boolean[] missing = new boolean[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            parents[i] = links.parent(numbers[i]);
            missing[i] = parents[i] < 0;
        }
        return new Cells.Longs(parents, missing);
    }
}
