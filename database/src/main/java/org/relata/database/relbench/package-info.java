/// Writing a database as a RelBench folder that other tools read too.
///
/// Reading such folders is a source like any other and lives in `org.relata.database.source`; label tables and task
/// manifests belong to `org.relata.database.task`.
@NullMarked
package org.relata.database.relbench;

import org.jspecify.annotations.NullMarked;
