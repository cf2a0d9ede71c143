package org.relata.synth.config;

import java.util.Arrays;
import java.util.List;
import org.relata.database.RelataException;
import org.relata.database.config.Nearest;

/// Configurations with a name.
public enum Preset implements Named {
    /// The defaults.
    MAIN("main") {
        @Override
        public Config config() {
            return Config.defaults();
        }
    },
    /// The workload of the first release of the reference.
    FIRST_RELEASE("v1.0.0") {
        @Override
        public Config config() {
            return Config.builder()
                    .set(
                            ScmParameters.SCM_LAYOUT_CHOICES,
                            Choices.oneOf(
                                    Layout.ERDOS_RENYI,
                                    Layout.BARABASI_ALBERT,
                                    Layout.RANDOM_TREE,
                                    Layout.REVERSE_RANDOM_TREE,
                                    Layout.LAYERED))
                    .set(
                            ScmParameters.ACTIVATION_CHOICES,
                            Choices.oneOf(
                                    Activation.RELU,
                                    Activation.ELU,
                                    Activation.SELU,
                                    Activation.SILU,
                                    Activation.SOFTSIGN,
                                    Activation.TANH))
                    .set(ScmParameters.MLP_NUM_LAYERS_CHOICES, Choices.range(2, 2))
                    .set(ScmParameters.MLP_WEIGHT_DENSITY_CHOICES, Choices.range(1.0, 1.0))
                    .set(ScmParameters.SOURCE_GEN_TYPE_CHOICES, Choices.oneOf(SourceKind.TS))
                    .set(ScmParameters.TS_AR_RHO_CHOICES, Choices.oneOf(0.0))
                    .set(ScmParameters.TS_VALUE_SCALE_CHOICES, Choices.oneOf(1.0))
                    .set(ScmParameters.PROPAGATION_AGG_CHOICES, Choices.oneOf(Aggregation.SUM))
                    .set(ScmParameters.PROPAGATION_MODE_CHOICES, Choices.oneOf(Propagation.TYPE_EAGER))
                    .set(DatabaseParameters.COL_TRANSFORM_CHOICES, Choices.oneOf(Transform.IDENTITY))
                    .set(DagParameters.EDGE_WEIGHT_DIST_CHOICES, Choices.oneOf(EdgeLaw.GAUSSIAN))
                    .build();
        }
    },
    /// Everything a database can have: whole numbers, days, text and many classes, keys that may be null, uneven
    /// degrees, self references, and rows dated as people work.
    RICH("rich") {
        @Override
        public Config config() {
            return Config.builder()
                    .set(DatabaseParameters.BINARIZE, false)
                    .set(ScmParameters.COL_STYPE_CHOICES, new OneOf<>(List.of(ColumnType.values())))
                    .set(ScmParameters.SOURCE_GEN_TYPE_CHOICES, new OneOf<>(List.of(SourceKind.values())))
                    .set(DatabaseParameters.ROW_TIMES_CHOICES, Choices.oneOf(RowTimes.EVEN, RowTimes.CALENDAR))
                    .set(DatabaseParameters.FK_NULLABLE_PROB, 0.3)
                    .set(DatabaseParameters.FK_RANDOM_PROB, 0.2)
                    .set(DatabaseParameters.FK_SKEW_PROB, 0.5)
                    .set(DatabaseParameters.FK_INACTIVE_CHOICES, Choices.range(0.0, 0.7))
                    .set(DatabaseParameters.SELF_REFERENCE_PROB, 0.3)
                    .set(TopParameters.SPLIT_BY, SplitBy.ROWS)
                    .build();
        }
    };

    private final String label;

    Preset(String label) {
        this.label = label;
    }

    /// Its configuration.
    public abstract Config config();

    @Override
    public String label() {
        return label;
    }

    /// The preset of that name.
    ///
    /// @throws RelataException `synth.preset`, with the nearest name
    public static Preset of(String name) {
        List<String> names = Arrays.stream(values()).map(Preset::label).toList();
        return Arrays.stream(values())
                .filter(p -> p.label.equals(name))
                .findFirst()
                .orElseThrow(() -> RelataException.usage(
                        "synth.preset", "preset " + name, "there is no such preset", Nearest.remedy(name, names)));
    }
}
