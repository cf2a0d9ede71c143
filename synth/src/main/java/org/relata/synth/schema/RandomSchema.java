package org.relata.synth.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.relata.database.RelataException;
import org.relata.synth.config.Choices;
import org.relata.synth.config.Config;
import org.relata.synth.config.DatabaseParameters;
import org.relata.synth.config.IntegerRange;
import org.relata.synth.config.ScmParameters;
import org.relata.synth.graph.Dag;
import org.relata.synth.graph.Dags;
import org.relata.synth.random.Draws;
import org.relata.synth.random.Key;

/// Draws a schema: a graph of tables, an edge of which is a foreign key, and the columns of each.
///
/// A table that none refers to is an activity table, dated and long; the others are entity tables.
public final class RandomSchema {
    private static final int MOST_LINKS = 200_000;

    private RandomSchema() {}

    /// Draws a schema.
    ///
    /// @param config the parameters
    /// @param key the key of the database
    /// @throws RelataException `synth.links` when the graph is too dense to be written down
    public static SchemaPlan draw(Config config, Key key) {
        Draws draws = key.child("schema").draws();
        int tables = config.get(DatabaseParameters.NUM_TABLES_CHOICES).draw(draws);
        Dag graph = Dags.draw(
                config.get(DatabaseParameters.TABLE_LAYOUT_CHOICES).draw(draws),
                tables,
                config,
                key.child("tables").draws());
        if (graph.edges() > MOST_LINKS) {
            throw RelataException.usage(
                    "synth.links",
                    "num_tables_choices",
                    "the graph of " + tables + " tables has " + graph.edges() + " foreign keys, more than "
                            + MOST_LINKS,
                    "choose fewer tables, or a sparse layout such as BarabasiAlbert");
        }
        int[] references = graph.outDegrees();
        List<TablePlan> plans = new ArrayList<>();
        for (int table = 0; table < tables; table++) {
            plans.add(table(
                    config,
                    graph.parents()[table],
                    references[table] > 0,
                    table,
                    key.child("table").child(table)));
        }
        return SchemaPlan.of(plans);
    }

    private static TablePlan table(Config config, int[] parents, boolean entity, int table, Key key) {
        Draws draws = key.child("columns").draws();
        int columns = width(config.get(DatabaseParameters.NUM_COLS_CHOICES), draws);
        List<ColumnPlan> features = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            features.add(feature("feature_" + column, config, draws));
        }
        Draws linkDraws = key.child("keys").draws();
        List<LinkPlan> links = new ArrayList<>();
        for (int parent : parents) {
            links.add(link("foreign_row_" + links.size(), "table_" + parent, config, linkDraws));
        }
        if (entity && linkDraws.happens(config.get(DatabaseParameters.SELF_REFERENCE_PROB))) {
            double roots =
                    config.get(DatabaseParameters.SELF_REFERENCE_ROOT_CHOICES).draw(linkDraws);
            links.add(new LinkPlan(
                    "foreign_row_" + links.size(),
                    "table_" + table,
                    true,
                    OptionalDouble.of(roots),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty()));
        }
        return new TablePlan(
                "table_" + table,
                Optional.of("row_idx"),
                links,
                features,
                entity ? Optional.empty() : Optional.of("date"),
                OptionalLong.empty());
    }

    private static int width(Choices<Integer> choices, Draws draws) {
        return choices instanceof IntegerRange range && range.low() > 0
                ? range.drawPowerLaw(draws)
                : choices.draw(draws);
    }

    private static ColumnPlan feature(String name, Config config, Draws draws) {
        int classes = config.get(ScmParameters.NUM_CATEGORIES_CHOICES).draw(draws);
        return switch (config.get(ScmParameters.COL_STYPE_CHOICES).draw(draws)) {
            case NUMERICAL -> ColumnPlan.of(name, FeatureKind.NUMERIC);
            case INTEGER -> ColumnPlan.of(name, FeatureKind.INTEGER);
            case DATE -> ColumnPlan.of(name, FeatureKind.DATE);
            case TEXT -> ColumnPlan.of(name, FeatureKind.TEXT);
            case CATEGORICAL ->
                config.get(DatabaseParameters.BINARIZE)
                        ? new ColumnPlan(name, FeatureKind.BOOLEAN, List.of(), OptionalInt.of(classes))
                        : ColumnPlan.categorical(name, classes);
        };
    }

    private static LinkPlan link(String column, String parent, Config config, Draws draws) {
        boolean nullable = draws.happens(config.get(DatabaseParameters.FK_NULLABLE_PROB));
        double nulls = config.get(DatabaseParameters.FK_NULL_SHARE_CHOICES).draw(draws);
        boolean skewed = draws.happens(config.get(DatabaseParameters.FK_SKEW_PROB));
        double skew = config.get(DatabaseParameters.FK_SKEW_CHOICES).draw(draws);
        double inactive = config.get(DatabaseParameters.FK_INACTIVE_CHOICES).draw(draws);
        return new LinkPlan(
                column,
                parent,
                nullable,
                nullable ? OptionalDouble.of(nulls) : OptionalDouble.empty(),
                inactive > 0 ? OptionalDouble.of(inactive) : OptionalDouble.empty(),
                skewed ? OptionalDouble.of(skew) : OptionalDouble.empty(),
                OptionalDouble.empty());
    }
}
