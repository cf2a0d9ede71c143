/// A plan of a database read from SQL: `CREATE TABLE` and what belongs to it, as SQLite, PostgreSQL and MySQL write it.
///
/// Text becomes tokens ([org.relata.synth.ddl.Lexer]), tokens become statements, statements fill a catalogue, and the
/// catalogue becomes a [org.relata.synth.schema.SchemaPlan]. Not here: running SQL, reading the rows of a dump, or
/// anything that a plan does not say.
@NullMarked
package org.relata.synth.ddl;

import org.jspecify.annotations.NullMarked;
