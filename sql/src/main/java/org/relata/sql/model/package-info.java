/// What a model file says: tables, what is learned, and the loss.
///
/// Here belong plain values. Reading SQL is in `parse`, writing it in `write`, running it in `run`.
@NullMarked
package org.relata.sql.model;

import org.jspecify.annotations.NullMarked;
