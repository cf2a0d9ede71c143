package org.relata.bench;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.relata.synth.SyntheticDataset;
import org.relata.synth.config.Config;
import org.relata.synth.table.Generation;
import org.relata.synth.table.Rows;
import org.relata.synth.table.TableShape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Measures the generation of synthetic databases, in processor time of the whole process: its own compiler and
/// collector are part of it. Writing is not.
@Command(
        name = "synth",
        mixinStandardHelpOptions = true,
        description = "Synthetic databases of consecutive seeds, beside the reference's figures for seeds 0 to 4.")
final class SynthCommand implements Callable<Integer> {
    /// Processor seconds a database of the reference, on a core of a nearly idle machine; other seeds, same ranges.
    private static final double REFERENCE_SECONDS = 19.9;

    /// Cells of features the reference makes in a second.
    private static final double REFERENCE_CELLS = 8_700;

    @Mixin
    private Conditions conditions = new Conditions();

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "105",
            description = "how many databases, from seed 0 (default: ${DEFAULT-VALUE})")
    private int seeds;

    @Override
    public Integer call() {
        Counter counter = new Counter();
        long before = processorTime();
        for (long seed = 0; seed < seeds; seed++) {
            SyntheticDataset.of(seed, Config.defaults()).generate(counter, conditions.threads());
        }
        double seconds = (processorTime() - before) / 1e9;
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("databases", seeds);
        all.put("rows", counter.rows);
        all.put("feature_cells", counter.cells);
        all.put("cpu_seconds_a_database", Conditions.rounded(seconds / seeds));
        all.put("reference_cpu_seconds_a_database", REFERENCE_SECONDS);
        all.put("feature_cells_a_cpu_second", Conditions.rounded(counter.cells / seconds));
        all.put("reference_feature_cells_a_second", REFERENCE_CELLS);
        conditions.print(
                "synth",
                all,
                "%d databases, %,d rows: %.2f processor seconds each (reference 19.9), %,.0f cells a second (reference 8,700)"
                        .formatted(seeds, counter.rows, seconds / seeds, counter.cells / seconds));
        return 0;
    }

    private static long processorTime() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    /// Counts what it is given.
    private static final class Counter implements Generation.Sink {
        private long rows;
        private long cells;
        private int features;

        @Override
        public void begin(TableShape table) {
            int others = table.foreignKeys().size()
                    + (table.primaryKey().isPresent() ? 1 : 0)
                    + (table.timeColumn().isPresent() ? 1 : 0);
            features = table.columns().size() - others;
        }

        @Override
        public void rows(Rows more) {
            rows += more.count();
            cells += (long) features * more.count();
        }

        @Override
        public void end() {}
    }
}
