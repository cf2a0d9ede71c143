/// Algebra into SQL text.
///
/// `SqlPlanner` turns a program into blocks, each of which is one SELECT (`Block`), `SqlText` prints them; a `Dialect`
/// is
/// data. Connections and running do not belong here.
@NullMarked
package org.relata.sql.write;

import org.jspecify.annotations.NullMarked;
