package org.relata.features.leak;

import java.util.List;
import org.relata.database.DataIssue;

/// One kind of leak, looked for.
interface Lint {
    /// What it finds; never throws because of what is in the data.
    List<DataIssue> findings(LeakContext context);
}
