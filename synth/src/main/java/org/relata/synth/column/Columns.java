package org.relata.synth.column;

import java.util.Optional;
import java.util.stream.IntStream;
import org.relata.synth.config.Config;
import org.relata.synth.config.DatabaseParameters;
import org.relata.synth.config.ScmParameters;
import org.relata.synth.config.TopParameters;
import org.relata.synth.random.Draws;
import org.relata.synth.random.Key;
import org.relata.synth.random.Shuffle;
import org.relata.synth.schema.ColumnPlan;

/// Settles columns.
public final class Columns {
    private static final int FEWEST_TOPICS = 3;
    private static final int MOST_TOPICS = 8;
    private static final double RARE = 0.02;

    private final Config config;
    private final long lastDay;

    /// @param config the parameters
    /// @param lastDay the day before which days in columns lie, since 1970-01-01
    public Columns(Config config, long lastDay) {
        this.config = config;
        this.lastDay = lastDay;
    }

    /// How many classes a column has, or zero for numbers.
    ///
    /// @param key the key of the column
    public int classes(ColumnPlan plan, Key key) {
        Draws draws = key.child("classes").draws();
        return switch (plan.kind()) {
            case NUMERIC, INTEGER, DATE -> 0;
            case BOOLEAN -> plan.classes().orElse(2);
            case TEXT -> draws.integer(FEWEST_TOPICS, MOST_TOPICS);
            case CATEGORICAL ->
                plan.labels().isEmpty()
                        ? plan.classes()
                                .orElseGet(() -> config.get(ScmParameters.NUM_CATEGORIES_CHOICES)
                                        .draw(draws))
                        : plan.labels().size();
        };
    }

    /// Settles how a variable's numbers become the classes of a column.
    ///
    /// @param classes of the column
    /// @param variableClasses of the variable, or zero for numbers
    /// @param sample the variable's values
    public Optional<Cut> cut(int classes, int variableClasses, Sample sample, Key key) {
        return classes > 0 && variableClasses == 0
                ? Optional.of(Cut.draw(
                        config,
                        classes,
                        sample.sorted(),
                        config.get(TopParameters.PARITY),
                        key.child("cut").draws()))
                : Optional.empty();
    }

    /// Settles a column.
    ///
    /// @param cut how it is cut
    /// @param sample its values, cut
    /// @param rows the rows of the table
    /// @param share the share of rows without a value
    public Column settle(
            ColumnPlan plan, int classes, Optional<Cut> cut, Sample sample, Key key, long rows, double share) {
        return new Column(
                plan, classes, cut, look(plan, classes, sample, key), new Shuffle(key.child("missing"), rows), (long)
                        (share * rows));
    }

    private Look look(ColumnPlan plan, int classes, Sample sample, Key key) {
        Draws draws = key.child("look").draws();
        return switch (plan.kind()) {
            case NUMERIC ->
                new Look.Real(fitting(
                        plan,
                        sample,
                        Curve.of(
                                config.get(DatabaseParameters.COL_TRANSFORM_CHOICES)
                                        .draw(draws),
                                sample)));
            case INTEGER -> new Look.Whole(fitting(plan, sample, Curve.counts(sample, draws)));
            case DATE -> new Look.Day(Curve.days(sample, lastDay, draws));
            case BOOLEAN -> new Look.Flag(config.get(TopParameters.PARITY) ? 0 : first(classes, sample));
            case CATEGORICAL ->
                new Look.Label(
                        plan.labels().isEmpty()
                                ? IntStream.range(0, classes)
                                        .mapToObj(k -> "c" + k)
                                        .toArray(String[]::new)
                                : plan.labels().toArray(String[]::new));
            case TEXT -> new Look.Words(new Vocabulary(classes, key.child("words")), key.child("text"));
        };
    }

    private static Curve fitting(ColumnPlan plan, Sample sample, Curve curve) {
        return plan.decimals()
                .map(decimals -> Fitting.of(curve, sample, decimals))
                .orElse(curve);
    }

    /// The class that a boolean column tells from the others: the first, unless nearly all or none have it; then the
    /// most
    /// frequent one.
    private static int first(int classes, Sample sample) {
        int[] counts = new int[classes];
        for (float value : sample.sorted()) {
            counts[(int) value]++;
        }
        int most = 0;
        for (int k = 1; k < classes; k++) {
            most = counts[k] > counts[most] ? k : most;
        }
        double share = counts[0] / (double) Math.max(1, sample.size());
        return share < RARE || share > 1 - RARE ? most : 0;
    }

    /// Whether too few rows differ from the others for a column that shows them to be anything but constant.
    public static boolean constant(Sample sample) {
        int differ = sample.size() - sample.mostFrequent();
        return differ < Math.max(sample.size() < 10 ? 1 : 3, RARE * sample.size());
    }
}
