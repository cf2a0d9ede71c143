/// The tables of a database as they come about: links, model and columns put together, in blocks of rows.
///
/// Where rows are written to belongs to `org.relata.synth.write`.
@NullMarked
package org.relata.synth.table;

import org.jspecify.annotations.NullMarked;
