package org.relata.synth.table;

import org.relata.synth.config.Config;
import org.relata.synth.config.DatabaseParameters;
import org.relata.synth.link.BlockModel;
import org.relata.synth.link.Links;
import org.relata.synth.link.Popularity;
import org.relata.synth.link.SimpleLinks;
import org.relata.synth.random.Draws;
import org.relata.synth.random.Key;
import org.relata.synth.schema.LinkPlan;

/// Draws the links of a foreign key as its plan wants them.
final class TableLinks {
    private final Config config;

    TableLinks(Config config) {
        this.config = config;
    }

    /// Draws links.
    ///
    /// @param key the key of the foreign key
    /// @param parents the rows of the parent table
    /// @param children the rows of the table
    /// @param own whether the parent table is the table itself
    Links draw(LinkPlan plan, Key key, long parents, long children, boolean own) {
        Draws draws = key.child("plan").draws();
        double random = config.get(DatabaseParameters.FK_RANDOM_PROB);
        double drawnRoots =
                config.get(DatabaseParameters.SELF_REFERENCE_ROOT_CHOICES).draw(draws);
        double drawnNulls = config.get(DatabaseParameters.FK_NULL_SHARE_CHOICES).draw(draws);
        boolean uniform = draws.happens(random);
        if (parents == 0) {
            return SimpleLinks.none();
        }
        if (own) {
            Links tree =
                    SimpleLinks.tree(key, plan.nullable() ? plan.nullShare().orElse(drawnRoots) : 0);
            // A key that may not be null has to start somewhere: the first row refers to itself.
            return plan.nullable() ? tree : row -> Math.max(0, tree.parent(row));
        }
        Popularity popularity = popularity(plan, key, parents);
        Links links = uniform
                ? SimpleLinks.random(key, parents, popularity)
                : BlockModel.draw(config, key, parents, children, popularity);
        return plan.nullable()
                ? SimpleLinks.withNulls(links, key, children, plan.nullShare().orElse(drawnNulls))
                : links;
    }

    /// How likely the rows of a parent table are to be referred to.
    static Popularity popularity(LinkPlan plan, Key key, long parents) {
        boolean even = plan.skew().isEmpty() && plan.childless().orElse(0) == 0;
        return even
                ? Popularity.even()
                : Popularity.pareto(
                        key,
                        parents,
                        plan.skew().orElse(Double.POSITIVE_INFINITY),
                        plan.childless().orElse(0));
    }
}
