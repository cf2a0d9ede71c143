package org.relata.database.source;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/// A place that raw tables are copied from.
sealed interface Source permits FileSource, RelBenchSource, DuckFileSource, SqliteSource, JdbcSource {
    /// What the database is called when nobody says otherwise.
    String name();

    /// The first validation seed time, where the source states one.
    default Optional<LocalDateTime> validationTime() {
        return Optional.empty();
    }

    /// The first test seed time, where the source states one.
    default Optional<LocalDateTime> testTime() {
        return Optional.empty();
    }

    /// Copies the tables that the context needs into the workspace.
    List<RawTable> load(LoadContext context);
}
