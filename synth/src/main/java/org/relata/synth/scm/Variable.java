package org.relata.synth.scm;

import java.util.Optional;
import org.relata.synth.config.Aggregation;
import org.relata.synth.config.Config;
import org.relata.synth.config.ScmParameters;
import org.relata.synth.config.SourceKind;
import org.relata.synth.graph.Dag;
import org.relata.synth.random.BetaTable;
import org.relata.synth.random.Draws;
import org.relata.synth.random.Key;
import org.relata.synth.source.Source;
import org.relata.synth.source.SourceContext;
import org.relata.synth.source.Sources;

/// One variable of a table: where its values come from.
///
/// @param classes how many classes it has where it takes classes; zero where it takes numbers
/// @param source its values, when nothing in the table influences it
/// @param parents the variables that influence it
/// @param encoders what each of these sends
/// @param aggregation how that is put together
/// @param noise the law of what is added
/// @param noiseKey the key of that noise
/// @param decoder from the latent space to the value, or to the latent space again for classes
/// @param scores from there to a score for each class; the class with the largest is taken
record Variable(
        int classes,
        Optional<Source> source,
        int[] parents,
        Encoder[] encoders,
        Aggregation aggregation,
        BetaTable noise,
        Key noiseKey,
        Mlp decoder,
        Optional<Matrix> scores) {
    /// Draws a variable.
    ///
    /// @param node its place in the graph
    /// @param classes for each variable of the table, how many classes it takes, or zero
    /// @param context of the table; its key is turned into that of the variable
    static Variable draw(Dag graph, int node, int[] classes, SourceContext context) {
        Config config = context.config();
        Key key = context.key().child("variable").child(node);
        int width = config.get(ScmParameters.MLP_EMB_DIM);
        Draws draws = key.child("node").draws();
        Aggregation aggregation = config.get(ScmParameters.PROPAGATION_AGG_CHOICES).draw(draws);
        double alpha = config.get(ScmParameters.NODE_NOISE_ALPHA_CHOICES).draw(draws);
        double beta = config.get(ScmParameters.NODE_NOISE_BETA_CHOICES).draw(draws);
        int[] parents = graph.parents()[node];
        Encoder[] encoders = new Encoder[parents.length];
        for (int i = 0; i < parents.length; i++) {
            encoders[i] = Encoder.draw(
                    config,
                    classes[parents[i]],
                    graph.weights()[node][i],
                    key.child("edge").child(parents[i]).draws());
        }
        Draws decoderDraws = key.child("decoder").draws();
        Mlp decoder = Mlp.draw(config, width, classes[node] > 0 ? width : 1, decoderDraws);
        Optional<Matrix> scores = Optional.empty();
        if (classes[node] > 0) {
            float[] embedding = new float[width * classes[node]];
            for (int i = 0; i < embedding.length; i++) {
                embedding[i] = (float) decoderDraws.normal();
            }
            scores = Optional.of(Matrix.of(embedding, width, classes[node]));
        }
        return new Variable(
                classes[node],
                parents.length == 0 ? Optional.of(source(classes[node], key, context)) : Optional.empty(),
                parents,
                encoders,
                aggregation,
                new BetaTable(alpha, beta, 0, 1.0 / width),
                key.child("noise"),
                decoder,
                scores);
    }

    private static Source source(int classes, Key key, SourceContext context) {
        SourceContext own = new SourceContext(context.config(), key.child("source"), context.rows(), context.activity());
        var kind = context.config()
                .get(ScmParameters.SOURCE_GEN_TYPE_CHOICES)
                .draw(key.child("kind").draws());
        return classes > 0 ? Sources.categorical(kind, classes, own) : Sources.numeric(kind, own);
    }

    /// A variable that nothing influences and that influences nothing, shown where a column would be constant.
    static Variable spare(int node, SourceContext context) {
        Key key = context.key().child("spare").child(node);
        SourceContext own = new SourceContext(context.config(), key, context.rows(), context.activity());
        return new Variable(
                0,
                Optional.of(Sources.numeric(SourceKind.UNIFORM, own)),
                new int[0],
                new Encoder[0],
                Aggregation.SUM,
                new BetaTable(1, 1, 0, 1),
                key,
                new Mlp(new Matrix[0], new Nonlinearity[0], new float[0]),
                Optional.empty());
    }

    /// The same variable with other values, for a variable without parents.
    Variable withSource(Source other) {
        return new Variable(
                classes, Optional.of(other), parents, encoders, aggregation, noise, noiseKey, decoder, scores);
    }
}
