package org.relata.synth.source;

import java.util.List;
import java.util.stream.IntStream;
import org.relata.synth.config.Config;
import org.relata.synth.config.ScmParameters;
import org.relata.synth.config.SourceKind;
import org.relata.synth.random.BetaTable;
import org.relata.synth.random.Draws;
import org.relata.synth.random.Key;

/// Draws sources.
public final class Sources {
    private static final List<SourceKind> MIXABLE = List.of(SourceKind.UNIFORM, SourceKind.GAUSSIAN, SourceKind.BETA);
    private static final int MOST_EVENTS = 1000;

    private Sources() {}

    /// A source of numbers.
    public static Source numeric(SourceKind kind, SourceContext context) {
        Draws draws = context.key().child("law").draws();
        double scale =
                context.config().get(ScmParameters.TS_VALUE_SCALE_CHOICES).draw(draws);
        double a = draws.uniform() * scale;
        double b = draws.uniform() * scale;
        double low = Math.min(a, b);
        double high = Math.max(a, b);
        if (kind == SourceKind.TS) {
            return TimeSeries.draw(context, draws, low, high);
        }
        return new Independent(
                law(kind, context.config(), draws, scale, low, high),
                context.key().child("rows"));
    }

    /// A source of classes.
    ///
    /// @param classes how many
    public static Source categorical(SourceKind kind, int classes, SourceContext context) {
        Key rows = context.key().child("rows");
        if (kind != SourceKind.TS) {
            double[] shares = context.key().child("law").draws().simplex(classes);
            return new Independent((key, row) -> pick(shares, key.uniform(row)), rows);
        }
        List<Source> series = IntStream.range(0, classes)
                .mapToObj(k -> numeric(SourceKind.TS, context.child("class", k)))
                .toList();
        return new SeriesOfClasses(series, rows);
    }

    private static Law law(SourceKind kind, Config config, Draws draws, double scale, double low, double high) {
        return switch (kind) {
            case UNIFORM -> (key, row) -> low + (high - low) * key.uniform(row);
            case GAUSSIAN -> {
                double mean = (low + high) / 2;
                double deviation = Math.max((high - low) / 4, 1e-6);
                yield (key, row) -> Math.clamp(mean + deviation * key.normal(row), low, high);
            }
            case BETA -> {
                double alpha =
                        config.get(ScmParameters.SOURCE_BETA_ALPHA_CHOICES).draw(draws);
                double beta = config.get(ScmParameters.SOURCE_BETA_BETA_CHOICES).draw(draws);
                BetaTable table = new BetaTable(alpha, beta, low, high);
                yield (key, row) -> table.quantile(key.uniform(row));
            }
            case MIXED -> mixed(config, draws, scale, low, high);
            case LOGNORMAL -> {
                double mean = draws.uniform(-1, 1);
                double deviation = draws.uniform(0.2, 1);
                yield (key, row) -> scale * StrictMath.exp(mean + deviation * key.normal(row));
            }
            case EXPONENTIAL -> (key, row) -> -scale * StrictMath.log(1 - key.uniform(row));
            case PARETO -> {
                double exponent = draws.uniform(1.5, 4);
                yield (key, row) -> scale * (StrictMath.pow(1 - key.uniform(row), -1 / exponent) - 1);
            }
            case POISSON -> {
                double rate = draws.uniform(0.5, 10);
                yield (key, row) -> poisson(rate, key.uniform(row));
            }
            case TS -> throw new IllegalArgumentException("a time series is no law of independent rows");
        };
    }

    private static Law mixed(Config config, Draws draws, double scale, double low, double high) {
        List<Law> laws = IntStream.range(0, draws.integer(2, 3))
                .mapToObj(_ -> law(draws.pick(MIXABLE), config, draws, scale, low, high))
                .toList();
        return (key, row) -> {
            int which = (int) key.child("part").below(row, laws.size());
            return laws.get(which).value(key.child(which), row);
        };
    }

    private static double poisson(double rate, double probability) {
        double mass = StrictMath.exp(-rate);
        double sum = mass;
        int events = 0;
        while (probability >= sum && events < MOST_EVENTS) {
            events++;
            mass *= rate / events;
            sum += mass;
        }
        return events;
    }

    /// The index of the share in which a number of [0, 1) falls.
    static int pick(double[] shares, double place) {
        double rest = place;
        for (int i = 0; i < shares.length - 1; i++) {
            rest -= shares[i];
            if (rest < 0) {
                return i;
            }
        }
        return shares.length - 1;
    }

    /// The value of a row as a function of the row's random number.
    @FunctionalInterface
    private interface Law {
        double value(Key key, long row);
    }

    private record Independent(Law law, Key key) implements Source {
        @Override
        public void fill(long[] rows, int count, float[] into) {
            for (int i = 0; i < count; i++) {
                into[i] = (float) law.value(key, rows[i]);
            }
        }
    }

    /// Classes whose probabilities are the softmax of one time series each.
    private record SeriesOfClasses(List<Source> series, Key key) implements Source {
        @Override
        public void fill(long[] rows, int count, float[] into) {
            float[][] values = new float[series.size()][count];
            for (int k = 0; k < values.length; k++) {
                series.get(k).fill(rows, count, values[k]);
            }
            double[] shares = new double[values.length];
            for (int i = 0; i < count; i++) {
                double largest = Double.NEGATIVE_INFINITY;
                for (float[] value : values) {
                    largest = Math.max(largest, value[i]);
                }
                double total = 0;
                for (int k = 0; k < shares.length; k++) {
                    shares[k] = StrictMath.exp(values[k][i] - largest);
                    total += shares[k];
                }
                into[i] = pick(shares, key.uniform(rows[i]) * total);
            }
        }
    }
}
