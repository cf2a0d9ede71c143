package org.relata.synth.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.relata.synth.config.Config;
import org.relata.synth.config.ScmParameters;
import org.relata.synth.random.Key;
import org.relata.synth.schema.Completion;
import org.relata.synth.schema.FlowOrder;
import org.relata.synth.schema.Intervention;
import org.relata.synth.schema.SchemaPlan;
import org.relata.synth.schema.TablePlan;
import org.relata.synth.task.PlantedTask;

/// The generation of a database: tables one after the other, parents first, each in runs of rows.
public final class Generation {
    private static final int RUNS_AHEAD = 2;

    private final Config config;
    private final Key key;
    private final SchemaPlan plan;
    private final Workers workers;
    private final int threads;
    private final World world = new World();
    private final List<Intervention> interventions;

    /// A generation.
    ///
    /// @param plan complete, as by [Completion]
    /// @param key the key of the database
    /// @param interventions the columns that are held; what is written is the twin then
    public Generation(
            Config config, SchemaPlan plan, Key key, List<Intervention> interventions, Workers workers, int threads) {
        this.interventions = List.copyOf(interventions);
        this.config = config;
        this.plan = plan;
        this.key = key;
        this.workers = workers;
        this.threads = threads;
    }

    /// Where the rows go. Calls come from one thread.
    public interface Sink {
        /// A table begins.
        void begin(TableShape table);

        /// The next rows of it.
        void rows(Rows rows);

        /// It is complete.
        void end();
    }

    /// Generates all tables.
    ///
    /// @return the tasks that were planted
    public List<PlantedTask> run(Sink sink) {
        return settle((_, settled) -> world.inTwin(() -> write(settled, sink)));
    }

    /// Settles all tables without writing a row.
    ///
    /// @return how each came about, parents first
    public List<Anatomy> anatomies() {
        List<Anatomy> anatomies = new ArrayList<>();
        settle((builder, settled) -> anatomies.add(builder.anatomy(settled)));
        return anatomies;
    }

    private List<PlantedTask> settle(BiConsumer<TableBuilder, SyntheticTable> then) {
        Set<String> referenced = Completion.referenced(plan);
        Map<String, Long> rows = new HashMap<>();
        Map<String, Integer> indices = new HashMap<>();
        Map<String, Integer> readers = KeptValues.readers(plan);
        KeptValues.check(plan, Runtime.getRuntime().maxMemory());
        for (TablePlan table : plan.tables()) {
            indices.put(table.name(), indices.size());
            rows.put(table.name(), table.rows().orElseThrow());
        }
        Planting planting = Planting.choose(config, plan, key, world);
        TableBuilder builder =
                new TableBuilder(config, plan.span().orElseThrow(), rows, planting, interventions, world, workers);
        for (TablePlan table : FlowOrder.of(plan)) {
            Workers.stopIfInterrupted();
            SyntheticTable settled = builder.settle(
                    table,
                    key.child("table").child(indices.getOrDefault(table.name(), 0)),
                    !referenced.contains(table.name()));
            then.accept(builder, settled);
            release(table, builder, readers);
        }
        return planting.tasks();
    }

    /// Lets go of the values of parents that no table will read any more.
    private static void release(TablePlan table, TableBuilder builder, Map<String, Integer> readers) {
        builder.written(table.name());
        for (String parent : KeptValues.parents(table)) {
            if (readers.merge(parent, -1, Integer::sum) == 0) {
                builder.forget(parent);
            }
        }
        if (readers.getOrDefault(table.name(), 0) <= 0) {
            builder.forget(table.name());
        }
    }

    /// Writes a table run by run; a few runs are evaluated side by side, and handed on in order.
    private void write(SyntheticTable table, Sink sink) {
        sink.begin(table.shape());
        int run = config.get(ScmParameters.PROPAGATE_BATCH_SIZE);
        long runs = Math.ceilDiv(table.rows(), run);
        int ahead = threads * RUNS_AHEAD;
        for (long from = 0; from < runs; from += ahead) {
            long start = from;
            Rows[] done = new Rows[(int) Math.min(ahead, runs - from)];
            workers.forEach(done.length, Scratch::new, (scratch, i) -> {
                long first = (start + i) * run;
                done[i] = table.rows(first, (int) Math.min(run, table.rows() - first), scratch);
            });
            for (Rows rows : done) {
                sink.rows(rows);
            }
        }
        sink.end();
    }
}
