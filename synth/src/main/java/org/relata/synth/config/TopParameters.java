package org.relata.synth.config;

import java.util.List;
import org.relata.synth.config.Parameter.Group;

/// What stands beside the groups.
public final class TopParameters {
    /// Where validation starts, as a share.
    public static final Parameter<Double> VAL_SPLIT =
            new Parameter<>(Group.TOP, "val_split", Codec.real(0, 1), 0.8, "Where validation starts, as a share.");

    /// Where test starts, as a share.
    public static final Parameter<Double> TEST_SPLIT =
            new Parameter<>(Group.TOP, "test_split", Codec.real(0, 1), 0.9, "Where test starts, as a share.");

    /// What the two are shares of.
    public static final Parameter<SplitBy> SPLIT_BY = new Parameter<>(
            Group.TOP, "split_by", Codec.named(SplitBy.class), SplitBy.SPAN, "What the two are shares of.");

    /// Whether quirks of the reference implementation are kept.
    public static final Parameter<Boolean> PARITY = new Parameter<>(
            Group.TOP, "parity", Codec.flag(), false, "Whether quirks of the reference implementation are kept.");

    /// The forecasting tasks with a known achievable score that are drawn with a database.
    public static final Parameter<Integer> PLANTED_TASKS = new Parameter<>(
            Group.TOP,
            "planted_tasks",
            Codec.whole(0, 100),
            0,
            "The forecasting tasks with a known achievable score that are drawn with a database.");

    /// How strongly a planted task depends on what is known; 0 is pure noise.
    public static final Parameter<Double> PLANTED_STRENGTH = new Parameter<>(
            Group.TOP,
            "planted_strength",
            Codec.real(0, 20),
            1.5,
            "How strongly a planted task depends on what is known; 0 is pure noise.");

    private TopParameters() {}

    static List<Parameter<?>> all() {
        return List.of(VAL_SPLIT, TEST_SPLIT, SPLIT_BY, PARITY, PLANTED_TASKS, PLANTED_STRENGTH);
    }
}
