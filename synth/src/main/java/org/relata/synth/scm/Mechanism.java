package org.relata.synth.scm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relata.synth.config.Aggregation;
import org.relata.synth.config.Config;
import org.relata.synth.config.ScmParameters;
import org.relata.synth.random.Draws;
import org.relata.synth.random.Key;

/// What turns the values of a variable's parents into its own.
///
/// @param lines for each parent, what it sends; none where its encoder is evaluated for every row, or where sums of
///     exponentials say it all
/// @param encoders for each parent, its encoder; nothing where there are lines
/// @param exponentials of the lines, where a sum of these is taken
/// @param noise what is added
/// @param decoder from the latent space to the value, or to a score for each class; the class with the largest is taken
record Mechanism(
        List<Lines> lines,
        List<Optional<Encoder>> encoders,
        Optional<Exponentials> exponentials,
        Noise noise,
        Mlp decoder) {

    /// What a source has in place of a mechanism.
    static final Mechanism NONE = new Mechanism(
            List.of(),
            List.of(),
            Optional.empty(),
            new Noise(new float[0], Key.of(0)),
            new Mlp(new Matrix[0], new Nonlinearity[0], new float[0]));

    /// Copies the lists.
    Mechanism {
        lines = List.copyOf(lines);
        encoders = List.copyOf(encoders);
    }

    /// Draws a mechanism.
    ///
    /// An encoder that has become lines is let go of at once: of a wide table there are thousands.
    ///
    /// @param variables the variables of the table
    /// @param knots for each of its parents, the points of its values
    /// @param exact whether encoders of numbers are evaluated for every row
    /// @param foreign what else is added to sums of exponentials
    /// @param work columns to be overwritten
    static Mechanism draw(
            Config config,
            Variable variable,
            Variable[] variables,
            Knots[] knots,
            boolean exact,
            Exponentials.Range foreign,
            Work work) {
        Key key = variable.key();
        int width = config.get(ScmParameters.MLP_EMB_DIM);
        List<Lines> lines = new ArrayList<>();
        List<Optional<Encoder>> encoders = new ArrayList<>();
        for (int i = 0; i < variable.parents().length; i++) {
            int parent = variable.parents()[i];
            Encoder encoder = Encoder.draw(
                    config,
                    variables[parent].classes(),
                    variable.weights()[i],
                    key.child("edge").child(parent).draws());
            boolean everyRow = exact && !knots[i].classes();
            lines.add(everyRow ? Lines.NONE : encoder.lines(knots[i], work));
            encoders.add(everyRow ? Optional.of(encoder) : Optional.empty());
        }
        Optional<Exponentials> exponentials = variable.aggregation() == Aggregation.LOGEXP && !exact
                ? Exponentials.of(lines, foreign)
                : Optional.empty();
        return new Mechanism(
                exponentials.filter(e -> e.range().narrow()).isPresent() ? List.of() : lines,
                encoders,
                exponentials,
                Noise.draw(config, width, key),
                decoder(config, variable.classes(), width, key.child("decoder").draws()));
    }

    /// Of classes, the scores are one more matrix, and linear: it is multiplied into the last of the network.
    private static Mlp decoder(Config config, int classes, int width, Draws draws) {
        Mlp network = Mlp.draw(config, width, classes > 0 ? width : 1, 1, Float.POSITIVE_INFINITY, draws);
        if (classes == 0) {
            return network;
        }
        float[][] embedding = new float[classes][width];
        for (float[] own : embedding) {
            for (int j = 0; j < width; j++) {
                own[j] = (float) draws.normal();
            }
        }
        return network.then(embedding);
    }
}
