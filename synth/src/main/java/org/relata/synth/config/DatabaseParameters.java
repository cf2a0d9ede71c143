package org.relata.synth.config;

import java.time.LocalDate;
import java.util.List;
import org.relata.synth.config.Parameter.Group;

/// Tables, rows, columns, links and times.
public final class DatabaseParameters {
    /// The layout of the graph of tables.
    public static final Parameter<Choices<Layout>> TABLE_LAYOUT_CHOICES = new Parameter<>(
            Group.DATABASE,
            "table_layout_choices",
            Codec.names(Layout.class),
            Choices.oneOf(Layout.BARABASI_ALBERT, Layout.REVERSE_RANDOM_TREE, Layout.WATTS_STROGATZ),
            "The layout of the graph of tables.");

    /// The number of tables.
    public static final Parameter<Choices<Integer>> NUM_TABLES_CHOICES = new Parameter<>(
            Group.DATABASE,
            "num_tables_choices",
            Codec.wholes(1, 10000),
            Choices.range(3, 20),
            "The number of tables.");

    /// The rows of a table that another refers to.
    public static final Parameter<Choices<Integer>> NUM_ROWS_ENTITY_TABLE_CHOICES = new Parameter<>(
            Group.DATABASE,
            "num_rows_entity_table_choices",
            Codec.wholes(1, 1_000_000_000),
            Choices.range(500, 1000),
            "The rows of a table that another refers to.");

    /// The rows of a table that none refers to.
    public static final Parameter<Choices<Integer>> NUM_ROWS_ACTIVITY_TABLE_CHOICES = new Parameter<>(
            Group.DATABASE,
            "num_rows_activity_table_choices",
            Codec.wholes(1, 1_000_000_000),
            Choices.range(2000, 5000),
            "The rows of a table that none refers to.");

    /// The feature columns of a table: many narrow tables, few wide ones.
    public static final Parameter<Choices<Integer>> NUM_COLS_CHOICES = new Parameter<>(
            Group.DATABASE,
            "num_cols_choices",
            Codec.wholes(0, 10000),
            Choices.range(3, 40),
            "The feature columns of a table: many narrow tables, few wide ones.");

    /// The earliest possible day.
    public static final Parameter<LocalDate> MIN_TIMESTAMP = new Parameter<>(
            Group.DATABASE, "min_timestamp", Codec.day(), LocalDate.of(1990, 1, 1), "The earliest possible day.");

    /// The latest possible day.
    public static final Parameter<LocalDate> MAX_TIMESTAMP = new Parameter<>(
            Group.DATABASE, "max_timestamp", Codec.day(), LocalDate.of(2025, 1, 1), "The latest possible day.");

    /// The fewest days between the first and the last dated row.
    public static final Parameter<Integer> MIN_SPAN_DAYS = new Parameter<>(
            Group.DATABASE,
            "min_span_days",
            Codec.whole(1, 100000),
            10,
            "The fewest days between the first and the last dated row.");

    /// The share of missing cells of numeric columns, drawn for a table.
    public static final Parameter<Choices<Double>> COLUMN_NAN_PERC_CHOICES = new Parameter<>(
            Group.DATABASE,
            "column_nan_perc_choices",
            Codec.reals(0, 1),
            Choices.range(0.01, 0.1),
            "The share of missing cells of numeric columns, drawn for a table.");

    /// What is done to a numeric column at the end.
    public static final Parameter<Choices<Transform>> COL_TRANSFORM_CHOICES = new Parameter<>(
            Group.DATABASE,
            "col_transform_choices",
            Codec.names(Transform.class),
            Choices.oneOf(
                    Transform.IDENTITY, Transform.RANK_UNIFORM, Transform.LOG, Transform.SQRT, Transform.STANDARDIZE),
            "What is done to a numeric column at the end.");

    /// Whether classes of a random schema are reduced to true and false.
    public static final Parameter<Boolean> BINARIZE = new Parameter<>(
            Group.DATABASE,
            "binarize",
            Codec.flag(),
            true,
            "Whether classes of a random schema are reduced to true and false.");

    /// Whether a column may hold one value only; otherwise it shows another variable.
    public static final Parameter<Boolean> ALLOW_CONSTANT_COLUMNS = new Parameter<>(
            Group.DATABASE,
            "allow_constant_columns",
            Codec.flag(),
            false,
            "Whether a column may hold one value only; otherwise it shows another variable.");

    /// Whether a column that is constant all the same is left out.
    public static final Parameter<Boolean> DROP_CONSTANT = new Parameter<>(
            Group.DATABASE,
            "drop_constant",
            Codec.flag(),
            false,
            "Whether a column that is constant all the same is left out.");

    /// Whether feature columns stand in declared order, not in the order of their variables.
    public static final Parameter<Boolean> KEEP_DECLARED_ORDER = new Parameter<>(
            Group.DATABASE,
            "keep_declared_order",
            Codec.flag(),
            true,
            "Whether feature columns stand in declared order, not in the order of their variables.");

    /// How the rows of a dated table lie in time.
    public static final Parameter<Choices<RowTimes>> ROW_TIMES_CHOICES = new Parameter<>(
            Group.DATABASE,
            "row_times_choices",
            Codec.names(RowTimes.class),
            Choices.oneOf(RowTimes.EVEN),
            "How the rows of a dated table lie in time.");

    /// The probability that a foreign key of a random schema may be null.
    public static final Parameter<Double> FK_NULLABLE_PROB = new Parameter<>(
            Group.DATABASE,
            "fk_nullable_prob",
            Codec.real(0, 1),
            0.0,
            "The probability that a foreign key of a random schema may be null.");

    /// The share of rows without a parent, for keys that may be null.
    public static final Parameter<Choices<Double>> FK_NULL_SHARE_CHOICES = new Parameter<>(
            Group.DATABASE,
            "fk_null_share_choices",
            Codec.reals(0, 1),
            Choices.range(0.01, 0.3),
            "The share of rows without a parent, for keys that may be null.");

    /// The probability that a foreign key picks parents uniformly, not by blocks.
    public static final Parameter<Double> FK_RANDOM_PROB = new Parameter<>(
            Group.DATABASE,
            "fk_random_prob",
            Codec.real(0, 1),
            0.0,
            "The probability that a foreign key picks parents uniformly, not by blocks.");

    /// The probability that some parents of a foreign key are more popular than others.
    public static final Parameter<Double> FK_SKEW_PROB = new Parameter<>(
            Group.DATABASE,
            "fk_skew_prob",
            Codec.real(0, 1),
            0.0,
            "The probability that some parents of a foreign key are more popular than others.");

    /// The Pareto exponent of the popularity of parents: small is uneven.
    public static final Parameter<Choices<Double>> FK_SKEW_CHOICES = new Parameter<>(
            Group.DATABASE,
            "fk_skew_choices",
            Codec.reals(0.5, 100),
            Choices.range(1.5, 3.0),
            "The Pareto exponent of the popularity of parents: small is uneven.");

    /// The share of parents that no row refers to.
    public static final Parameter<Choices<Double>> FK_INACTIVE_CHOICES = new Parameter<>(
            Group.DATABASE,
            "fk_inactive_choices",
            Codec.reals(0, 0.99),
            Choices.range(0.0, 0.0),
            "The share of parents that no row refers to.");

    /// The probability that an entity table of a random schema refers to itself.
    public static final Parameter<Double> SELF_REFERENCE_PROB = new Parameter<>(
            Group.DATABASE,
            "self_reference_prob",
            Codec.real(0, 1),
            0.0,
            "The probability that an entity table of a random schema refers to itself.");

    /// The share of rows that are roots of a self reference.
    public static final Parameter<Choices<Double>> SELF_REFERENCE_ROOT_CHOICES = new Parameter<>(
            Group.DATABASE,
            "self_reference_root_choices",
            Codec.reals(0, 1),
            Choices.range(0.05, 0.5),
            "The share of rows that are roots of a self reference.");

    private DatabaseParameters() {}

    static List<Parameter<?>> all() {
        return List.of(
                TABLE_LAYOUT_CHOICES,
                NUM_TABLES_CHOICES,
                NUM_ROWS_ENTITY_TABLE_CHOICES,
                NUM_ROWS_ACTIVITY_TABLE_CHOICES,
                NUM_COLS_CHOICES,
                MIN_TIMESTAMP,
                MAX_TIMESTAMP,
                MIN_SPAN_DAYS,
                COLUMN_NAN_PERC_CHOICES,
                COL_TRANSFORM_CHOICES,
                BINARIZE,
                ALLOW_CONSTANT_COLUMNS,
                DROP_CONSTANT,
                KEEP_DECLARED_ORDER,
                ROW_TIMES_CHOICES,
                FK_NULLABLE_PROB,
                FK_NULL_SHARE_CHOICES,
                FK_RANDOM_PROB,
                FK_SKEW_PROB,
                FK_SKEW_CHOICES,
                FK_INACTIVE_CHOICES,
                SELF_REFERENCE_PROB,
                SELF_REFERENCE_ROOT_CHOICES);
    }
}
