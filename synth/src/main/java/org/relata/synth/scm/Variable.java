package org.relata.synth.scm;

import org.relata.synth.config.Aggregation;
import org.relata.synth.config.ScmParameters;
import org.relata.synth.config.SourceKind;
import org.relata.synth.graph.Dag;
import org.relata.synth.random.Draws;
import org.relata.synth.random.Key;
import org.relata.synth.source.Source;
import org.relata.synth.source.SourceContext;
import org.relata.synth.source.Sources;

/// One variable of a table, before its mechanism is drawn: many a variable influences no column, and never needs one.
///
/// @param key the key of the variable
/// @param classes how many classes it takes, or zero for numbers
/// @param parents the variables that influence it; a variable without is a source
/// @param weights of the edges from these
/// @param aggregation how what they send is put together
/// @param spare whether it is in no graph, and is only shown where a column would be constant
record Variable(Key key, int classes, int[] parents, float[] weights, Aggregation aggregation, boolean spare) {
    /// The variable at a place of a graph.
    ///
    /// @param classes how many classes it takes, or zero
    /// @param context of the table
    static Variable of(Dag graph, int node, int classes, SourceContext context) {
        Key key = context.key().child("variable").child(node);
        return new Variable(
                key,
                classes,
                graph.parents()[node],
                graph.weights()[node],
                context.config()
                        .get(ScmParameters.PROPAGATION_AGG_CHOICES)
                        .draw(key.child("aggregation").draws()),
                false);
    }

    /// A variable that nothing influences and that influences nothing.
    static Variable spare(int node, SourceContext context) {
        Key key = context.key().child("spare").child(node);
        return new Variable(key, 0, new int[0], new float[0], Aggregation.SUM, true);
    }

    /// Whether nothing in the table influences it.
    boolean exogenous() {
        return parents.length == 0;
    }

    /// Draws where its values come from.
    Source source(SourceContext context) {
        SourceContext own =
                new SourceContext(context.config(), key.child("source"), context.rows(), context.activity());
        Draws draws = key.child("kind").draws();
        SourceKind kind = spare
                ? SourceKind.UNIFORM
                : context.config().get(ScmParameters.SOURCE_GEN_TYPE_CHOICES).draw(draws);
        return classes > 0 ? Sources.categorical(kind, classes, own) : Sources.numeric(kind, own);
    }
}
