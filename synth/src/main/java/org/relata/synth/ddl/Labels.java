package org.relata.synth.ddl;

import java.util.List;
import java.util.Locale;

/// The values a column may take, as a constraint lists them.
///
/// @param column the column's name in lower case
/// @param values the values, each once, in the order of the list
record Labels(String column, List<String> values) {
    Labels {
        column = column.toLowerCase(Locale.ROOT);
        values = values.stream().distinct().toList();
    }

    /// What both lists hold, in the order of this one.
    Labels and(Labels other) {
        return new Labels(column, values.stream().filter(other.values::contains).toList());
    }
}
