/// The engine: runs programs of the algebra in process, on arrays.
///
/// Here belongs the [org.relata.algebra.run.Runner] that the rest of Relata sees. How it goes about it is in the
/// packages below.
@NullMarked
package org.relata.engine;

import org.jspecify.annotations.NullMarked;
