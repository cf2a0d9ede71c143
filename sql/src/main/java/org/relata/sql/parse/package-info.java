/// SQL text into algebra.
///
/// Here belong the surface of model files, its meaning, and what is refused, with its place in the text. Databases are
/// not
/// asked here.
@NullMarked
package org.relata.sql.parse;

import org.jspecify.annotations.NullMarked;
