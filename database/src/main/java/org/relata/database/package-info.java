/// What a relational database means for learning: tables, keys and links, the time column of a row, column kinds,
/// prediction tasks, cut-off semantics and metrics, and the sources a database is read from.
///
/// Not here: computing features (`org.relata.features`), fitting or evaluating models (`org.relata.learn`), anything
/// that prints or parses arguments (`org.relata.cli`).
@NullMarked
package org.relata.database;

import org.jspecify.annotations.NullMarked;
