/// Programs run in databases.
///
/// Here belong connections, tables of the session, and the runners over them. What the statements say is decided in
/// `write`.
@NullMarked
package org.relata.sql.run;

import org.jspecify.annotations.NullMarked;
