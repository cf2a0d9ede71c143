/// Concluding what was not declared: types of text columns, column kinds, keys, links and time columns, each with its
/// evidence.
///
/// Not here: reading sources, what the user declared, writing the store.
@NullMarked
package org.relata.database.infer;

import org.jspecify.annotations.NullMarked;
