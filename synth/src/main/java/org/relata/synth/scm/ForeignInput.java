package org.relata.synth.scm;

import org.relata.synth.config.Config;
import org.relata.synth.link.Links;
import org.relata.synth.random.Key;

/// What a table hears from the parent rows of one foreign key.
///
/// @param links the parent of each row
/// @param parent the parent table
/// @param encoders for each of its columns, what is sent
/// @param lines for each of its columns, the encoder's values at the column's points; none when it is evaluated for
///     every row
record ForeignInput(Links links, StoredTable parent, Encoder[] encoders, Lines[] lines) {
    static ForeignInput draw(Config config, Key key, Links links, StoredTable parent, boolean exact, Work work) {
        Encoder[] encoders = new Encoder[parent.columns()];
        Lines[] lines = new Lines[encoders.length];
        for (int column = 0; column < encoders.length; column++) {
            Knots knots = parent.knots(column);
            encoders[column] = Encoder.draw(
                    config,
                    parent.embeds(column) ? knots.points().length : 0,
                    1,
                    key.child(column).draws());
            lines[column] = exact && !knots.classes() ? Lines.NONE : encoders[column].lines(knots, work);
        }
        return new ForeignInput(links, parent, encoders, lines);
    }
}
