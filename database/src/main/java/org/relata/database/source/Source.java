package org.relata.database.source;

import java.util.List;

/// A place that raw tables are copied from.
sealed interface Source permits FileSource {
    /// What the database is called when nobody says otherwise.
    String name();

    /// Copies the tables that the context needs into the workspace.
    List<RawTable> load(LoadContext context);
}
