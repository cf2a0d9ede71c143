package org.relata.synth.source;

import org.relata.synth.config.Config;
import org.relata.synth.random.Key;

/// What a source is drawn for.
///
/// @param config the parameters
/// @param key the key of the variable
/// @param rows the rows of the table
/// @param activity whether none refers to the table: its time series have trends and cycles
public record SourceContext(Config config, Key key, long rows, boolean activity) {
    SourceContext child(String part, int index) {
        return new SourceContext(config, key.child(part).child(index), rows, activity);
    }
}
