package org.relata.database.config;

import java.util.Optional;
import org.relata.database.ColumnKind;

/// What `database.yaml` says about one column.
///
/// @param kind what its values mean; empty to conclude it from the data
/// @param format how a date is written as text, in `strptime` letters such as `%d/%m/%Y`; empty for the usual ways
/// @param delimiter what separates the values of a multi-categorical column held as text; empty to find out
public record ColumnConfig(Optional<ColumnKind> kind, Optional<String> format, Optional<String> delimiter) {
    /// A column of a stated kind.
    public static ColumnConfig of(ColumnKind kind) {
        return new ColumnConfig(Optional.of(kind), Optional.empty(), Optional.empty());
    }
}
