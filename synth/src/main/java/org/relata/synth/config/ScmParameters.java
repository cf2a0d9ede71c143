package org.relata.synth.config;

import java.util.List;
import org.relata.synth.config.Parameter.Group;

/// Variables, sources and mechanisms of the structural causal model of a table.
public final class ScmParameters {
    /// The layout of the graph of variables.
    public static final Parameter<Choices<Layout>> SCM_LAYOUT_CHOICES = new Parameter<>(
            Group.SCM,
            "scm_layout_choices",
            Codec.names(Layout.class),
            Choices.oneOf(
                    Layout.ERDOS_RENYI,
                    Layout.BARABASI_ALBERT,
                    Layout.RANDOM_TREE,
                    Layout.REVERSE_RANDOM_TREE,
                    Layout.LAYERED,
                    Layout.WATTS_STROGATZ,
                    Layout.RANDOM_CAUCHY),
            "The layout of the graph of variables.");

    /// How few variables stay hidden: C columns come with C over this and 3 more.
    public static final Parameter<Choices<Double>> SCM_COL_NODE_PERC_CHOICES = new Parameter<>(
            Group.SCM,
            "scm_col_node_perc_choices",
            Codec.reals(0.05, 1),
            Choices.range(0.3, 0.9),
            "How few variables stay hidden: C columns come with C over this and 3 more.");

    /// The classes of a categorical variable.
    public static final Parameter<Choices<Integer>> NUM_CATEGORIES_CHOICES = new Parameter<>(
            Group.SCM,
            "num_categories_choices",
            Codec.wholes(2, 10000),
            Choices.range(2, 10),
            "The classes of a categorical variable.");

    /// The types of columns and of hidden variables.
    public static final Parameter<Choices<ColumnType>> COL_STYPE_CHOICES = new Parameter<>(
            Group.SCM,
            "col_stype_choices",
            Codec.names(ColumnType.class),
            Choices.oneOf(ColumnType.CATEGORICAL, ColumnType.NUMERICAL),
            "The types of columns and of hidden variables.");

    /// How a weight matrix is filled.
    public static final Parameter<Choices<Initialisation>> INITIALIZATION_CHOICES = new Parameter<>(
            Group.SCM,
            "initialization_choices",
            Codec.names(Initialisation.class),
            new OneOf<>(List.of(Initialisation.values())),
            "How a weight matrix is filled.");

    /// The function of a hidden layer.
    public static final Parameter<Choices<Activation>> ACTIVATION_CHOICES = new Parameter<>(
            Group.SCM,
            "activation_choices",
            Codec.names(Activation.class),
            new OneOf<>(List.of(Activation.values())),
            "The function of a hidden layer.");

    /// The first parameter of the Beta noise of a variable.
    public static final Parameter<Choices<Double>> NODE_NOISE_ALPHA_CHOICES = new Parameter<>(
            Group.SCM,
            "node_noise_alpha_choices",
            Codec.reals(0.01, 1000),
            Choices.range(0.5, 5.0),
            "The first parameter of the Beta noise of a variable.");

    /// The second parameter of the Beta noise of a variable.
    public static final Parameter<Choices<Double>> NODE_NOISE_BETA_CHOICES = new Parameter<>(
            Group.SCM,
            "node_noise_beta_choices",
            Codec.reals(0.01, 1000),
            Choices.range(0.5, 5.0),
            "The second parameter of the Beta noise of a variable.");

    /// The levels of the blocks that a foreign key joins.
    public static final Parameter<Choices<Integer>> BI_HSBM_LEVELS_CHOICES = new Parameter<>(
            Group.SCM,
            "bi_hsbm_levels_choices",
            Codec.wholes(1, 10),
            Choices.range(1, 5),
            "The levels of the blocks that a foreign key joins.");

    /// The clusters of a level, on each side.
    public static final Parameter<Choices<Integer>> BI_HSBM_CLUSTERS_PER_LEVEL_CHOICES = new Parameter<>(
            Group.SCM,
            "bi_hsbm_clusters_per_level_choices",
            Codec.wholes(1, 100),
            Choices.range(1, 3),
            "The clusters of a level, on each side.");

    /// The exponent of the trend of a time series.
    public static final Parameter<Choices<Double>> TS_TREND_ALPHA_CHOICES = new Parameter<>(
            Group.SCM,
            "ts_trend_alpha_choices",
            Codec.reals(0, 100),
            Choices.range(0.0, 2.0),
            "The exponent of the trend of a time series.");

    /// The factor of the trend in activity tables.
    public static final Parameter<Choices<Double>> ACTIVITY_TABLE_TS_TREND_SCALE_CHOICES = new Parameter<>(
            Group.SCM,
            "activity_table_ts_trend_scale_choices",
            Codec.reals(-1000000.0, 1000000.0),
            Choices.oneOf(-1.0, 1.0),
            "The factor of the trend in activity tables.");

    /// The factor of the trend in entity tables.
    public static final Parameter<Double> ENTITY_TABLE_TS_TREND_SCALE = new Parameter<>(
            Group.SCM,
            "entity_table_ts_trend_scale",
            Codec.real(-1000000.0, 1000000.0),
            0.0,
            "The factor of the trend in entity tables.");

    /// Half a period of the cycle, as a share of the rows.
    public static final Parameter<Choices<Double>> TS_CYCLE_FREQ_PERC_CHOICES = new Parameter<>(
            Group.SCM,
            "ts_cycle_freq_perc_choices",
            Codec.reals(1e-06, 1),
            Choices.oneOf(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0),
            "Half a period of the cycle, as a share of the rows.");

    /// The factor of the cycle in activity tables.
    public static final Parameter<Choices<Double>> ACTIVITY_TABLE_TS_CYCLE_SCALE_CHOICES = new Parameter<>(
            Group.SCM,
            "activity_table_ts_cycle_scale_choices",
            Codec.reals(-1000000.0, 1000000.0),
            Choices.oneOf(-1.0, 1.0),
            "The factor of the cycle in activity tables.");

    /// The factor of the cycle in entity tables.
    public static final Parameter<Double> ENTITY_TABLE_TS_CYCLE_SCALE = new Parameter<>(
            Group.SCM,
            "entity_table_ts_cycle_scale",
            Codec.real(-1000000.0, 1000000.0),
            0.0,
            "The factor of the cycle in entity tables.");

    /// The deviation of the innovations in activity tables.
    public static final Parameter<Double> ACTIVITY_TABLE_TS_NOISE_SCALE = new Parameter<>(
            Group.SCM,
            "activity_table_ts_noise_scale",
            Codec.real(0, 1000000.0),
            0.05,
            "The deviation of the innovations in activity tables.");

    /// The deviation of the innovations in entity tables.
    public static final Parameter<Double> ENTITY_TABLE_TS_NOISE_SCALE = new Parameter<>(
            Group.SCM,
            "entity_table_ts_noise_scale",
            Codec.real(0, 1000000.0),
            1.0,
            "The deviation of the innovations in entity tables.");

    /// How much of the noise of a time series carries over to the next row.
    public static final Parameter<Choices<Double>> TS_AR_RHO_CHOICES = new Parameter<>(
            Group.SCM,
            "ts_ar_rho_choices",
            Codec.reals(0, 0.9999),
            Choices.range(0.0, 0.9),
            "How much of the noise of a time series carries over to the next row.");

    /// The magnitude of a numeric source.
    public static final Parameter<Choices<Double>> TS_VALUE_SCALE_CHOICES = new Parameter<>(
            Group.SCM,
            "ts_value_scale_choices",
            Codec.reals(1e-09, 1000000000.0),
            Choices.oneOf(0.01, 0.1, 1.0, 10.0, 100.0),
            "The magnitude of a numeric source.");

    /// Whether the parts of a time series are mapped to its bounds rather than cut at them.
    public static final Parameter<Boolean> TS_RESCALE = new Parameter<>(
            Group.SCM,
            "ts_rescale",
            Codec.flag(),
            false,
            "Whether the parts of a time series are mapped to its bounds rather than cut at them.");

    /// How a variable puts together what its parents send.
    public static final Parameter<Choices<Aggregation>> PROPAGATION_AGG_CHOICES = new Parameter<>(
            Group.SCM,
            "propagation_agg_choices",
            Codec.names(Aggregation.class),
            Choices.oneOf(Aggregation.SUM, Aggregation.MAX, Aggregation.PRODUCT, Aggregation.LOGEXP),
            "How a variable puts together what its parents send.");

    /// The width of the input of a numeric encoder.
    public static final Parameter<Integer> MLP_IN_DIM = new Parameter<>(
            Group.SCM, "mlp_in_dim", Codec.whole(1, 1), 1, "The width of the input of a numeric encoder.");

    /// The width of the output of a numeric decoder.
    public static final Parameter<Integer> MLP_OUT_DIM = new Parameter<>(
            Group.SCM, "mlp_out_dim", Codec.whole(1, 1), 1, "The width of the output of a numeric decoder.");

    /// The latent width, a multiple of 8.
    public static final Parameter<Integer> MLP_EMB_DIM =
            new Parameter<>(Group.SCM, "mlp_emb_dim", Codec.whole(8, 256), 32, "The latent width, a multiple of 8.");

    /// The weight matrices of a mechanism.
    public static final Parameter<Choices<Integer>> MLP_NUM_LAYERS_CHOICES = new Parameter<>(
            Group.SCM,
            "mlp_num_layers_choices",
            Codec.wholes(1, 16),
            Choices.range(2, 4),
            "The weight matrices of a mechanism.");

    /// The share of weights that are kept.
    public static final Parameter<Choices<Double>> MLP_WEIGHT_DENSITY_CHOICES = new Parameter<>(
            Group.SCM,
            "mlp_weight_density_choices",
            Codec.reals(0.01, 1),
            Choices.range(0.3, 1.0),
            "The share of weights that are kept.");

    /// How a variable without parents comes about.
    public static final Parameter<Choices<SourceKind>> SOURCE_GEN_TYPE_CHOICES = new Parameter<>(
            Group.SCM,
            "source_gen_type_choices",
            Codec.names(SourceKind.class),
            Choices.oneOf(SourceKind.TS, SourceKind.UNIFORM, SourceKind.GAUSSIAN, SourceKind.BETA, SourceKind.MIXED),
            "How a variable without parents comes about.");

    /// The first parameter of a Beta source.
    public static final Parameter<Choices<Double>> SOURCE_BETA_ALPHA_CHOICES = new Parameter<>(
            Group.SCM,
            "source_beta_alpha_choices",
            Codec.reals(0.01, 1000),
            Choices.range(0.5, 5.0),
            "The first parameter of a Beta source.");

    /// The second parameter of a Beta source.
    public static final Parameter<Choices<Double>> SOURCE_BETA_BETA_CHOICES = new Parameter<>(
            Group.SCM,
            "source_beta_beta_choices",
            Codec.reals(0.01, 1000),
            Choices.range(0.5, 5.0),
            "The second parameter of a Beta source.");

    /// When a categorical variable becomes a class.
    public static final Parameter<Choices<Propagation>> PROPAGATION_MODE_CHOICES = new Parameter<>(
            Group.SCM,
            "propagation_mode_choices",
            Codec.names(Propagation.class),
            Choices.oneOf(Propagation.TYPE_EAGER, Propagation.TYPE_LAZY),
            "When a categorical variable becomes a class.");

    /// The probability that classes are renamed at random (lazy).
    public static final Parameter<Choices<Double>> CAT_LABEL_PERMUTE_PROB_CHOICES = new Parameter<>(
            Group.SCM,
            "cat_label_permute_prob_choices",
            Codec.reals(0, 1),
            Choices.range(0.3, 1.0),
            "The probability that classes are renamed at random (lazy).");

    /// The probability that the order of classes is reversed (lazy).
    public static final Parameter<Choices<Double>> CAT_LABEL_REVERSE_PROB_CHOICES = new Parameter<>(
            Group.SCM,
            "cat_label_reverse_prob_choices",
            Codec.reals(0, 1),
            Choices.range(0.2, 0.8),
            "The probability that the order of classes is reversed (lazy).");

    /// The rows a task handles at a time; changes no result.
    public static final Parameter<Integer> PROPAGATE_BATCH_SIZE = new Parameter<>(
            Group.SCM,
            "propagate_batch_size",
            Codec.whole(1, 1000000),
            4096,
            "The rows a task handles at a time; changes no result.");

    /// Between how many points a numeric encoder is read off straight lines; 0 evaluates it for every row.
    public static final Parameter<Integer> ENCODER_KNOTS = new Parameter<>(
            Group.SCM,
            "encoder_knots",
            Codec.whole(0, 1024),
            48,
            "Between how many points a numeric encoder is read off straight lines; 0 evaluates it for every row.");

    private ScmParameters() {}

    static List<Parameter<?>> all() {
        return List.of(
                SCM_LAYOUT_CHOICES,
                SCM_COL_NODE_PERC_CHOICES,
                NUM_CATEGORIES_CHOICES,
                COL_STYPE_CHOICES,
                INITIALIZATION_CHOICES,
                ACTIVATION_CHOICES,
                NODE_NOISE_ALPHA_CHOICES,
                NODE_NOISE_BETA_CHOICES,
                BI_HSBM_LEVELS_CHOICES,
                BI_HSBM_CLUSTERS_PER_LEVEL_CHOICES,
                TS_TREND_ALPHA_CHOICES,
                ACTIVITY_TABLE_TS_TREND_SCALE_CHOICES,
                ENTITY_TABLE_TS_TREND_SCALE,
                TS_CYCLE_FREQ_PERC_CHOICES,
                ACTIVITY_TABLE_TS_CYCLE_SCALE_CHOICES,
                ENTITY_TABLE_TS_CYCLE_SCALE,
                ACTIVITY_TABLE_TS_NOISE_SCALE,
                ENTITY_TABLE_TS_NOISE_SCALE,
                TS_AR_RHO_CHOICES,
                TS_VALUE_SCALE_CHOICES,
                TS_RESCALE,
                PROPAGATION_AGG_CHOICES,
                MLP_IN_DIM,
                MLP_OUT_DIM,
                MLP_EMB_DIM,
                MLP_NUM_LAYERS_CHOICES,
                MLP_WEIGHT_DENSITY_CHOICES,
                SOURCE_GEN_TYPE_CHOICES,
                SOURCE_BETA_ALPHA_CHOICES,
                SOURCE_BETA_BETA_CHOICES,
                PROPAGATION_MODE_CHOICES,
                CAT_LABEL_PERMUTE_PROB_CHOICES,
                CAT_LABEL_REVERSE_PROB_CHOICES,
                PROPAGATE_BATCH_SIZE,
                ENCODER_KNOTS);
    }
}
