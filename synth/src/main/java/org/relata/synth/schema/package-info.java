/// What a database to be drawn looks like before any row exists: tables, keys, links and columns.
///
/// A plan is drawn at random here, read from SQL (`org.relata.synth.ddl`) or taken over from an existing database
/// (`org.relata.synth.like`). Values and links between rows are not decided here.
@NullMarked
package org.relata.synth.schema;

import org.jspecify.annotations.NullMarked;
