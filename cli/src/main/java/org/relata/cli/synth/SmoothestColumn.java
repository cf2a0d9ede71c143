package org.relata.cli.synth;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.synth.column.Cells;
import org.relata.synth.table.Generation;
import org.relata.synth.table.Rows;
import org.relata.synth.table.TableShape;

/// Finds, among the numbers of dated tables, those that change least from row to row: a time series, or what depends on
/// one.
final class SmoothestColumn implements Generation.Sink {
    private static final int POINTS = 400;

    private final Map<Integer, List<Double>> values = new HashMap<>();
    private final List<Double> micros = new ArrayList<>();
    private Optional<Series> best = Optional.empty();
    private double bestRoughness = Double.POSITIVE_INFINITY;
    private Optional<TableShape> current = Optional.empty();
    private long every = 1;

    /// A column over time.
    ///
    /// @param name as `table.column`
    /// @param micros the times, in microseconds since 1970
    /// @param values the value at each
    record Series(String name, List<Double> micros, List<Double> values) {}

    @Override
    public void begin(TableShape table) {
        current = Optional.of(table);
        every = Math.max(1, table.rows() / POINTS);
        values.clear();
        micros.clear();
    }

    @Override
    public void rows(Rows rows) {
        TableShape table = current.orElseThrow();
        if (table.timeColumn().isEmpty()) {
            return;
        }
        for (int row = 0; row < rows.count(); row++) {
            if ((rows.first() + row) % every == 0) {
                add(rows.columns(), row);
            }
        }
    }

    private void add(List<Cells> cells, int row) {
        for (int c = 0; c < cells.size(); c++) {
            if (cells.get(c) instanceof Cells.Reals reals) {
                values.computeIfAbsent(c, _ -> new ArrayList<>())
                        .add(reals.missing()[row] ? Double.NaN : reals.values()[row]);
            }
        }
        if (cells.getLast() instanceof Cells.Instants instants) {
            micros.add((double) instants.values()[row]);
        }
    }

    @Override
    public void end() {
        TableShape table = current.orElseThrow();
        values.forEach((c, series) -> {
            List<Double> times = new ArrayList<>();
            List<Double> known = new ArrayList<>();
            for (int i = 0; i < series.size(); i++) {
                if (!series.get(i).isNaN()) {
                    times.add(micros.get(i));
                    known.add(series.get(i));
                }
            }
            double roughness = roughness(known);
            if (roughness < bestRoughness) {
                bestRoughness = roughness;
                best = Optional.of(
                        new Series(table.name() + "." + table.columns().get(c).name(), times, known));
            }
        });
    }

    /// The mean squared step beside twice the variance: about 1 for independent values, near 0 for a smooth line.
    private static double roughness(List<Double> series) {
        double mean = series.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double steps = 0;
        double spread = 0;
        for (int i = 0; i < series.size(); i++) {
            spread += (series.get(i) - mean) * (series.get(i) - mean);
            steps += i == 0 ? 0 : (series.get(i) - series.get(i - 1)) * (series.get(i) - series.get(i - 1));
        }
        return spread > 0 ? steps / (2 * spread) : Double.POSITIVE_INFINITY;
    }

    /// The smoothest of all; empty where there is no such column.
    Optional<Series> found() {
        return best.filter(s -> s.values().size() > 1);
    }
}
