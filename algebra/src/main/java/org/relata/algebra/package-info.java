/// The relational algebra: six operators over relations, what they mean, and how to write them.
///
/// A relation maps keys to tensors of one shape. `RelExpr` is the whole language; `Reference` is its executable
/// definition. Keys
/// (`key`), kernels (`kernel`) and plain values (`value`) are the packages below, derivatives (`autodiff`) the one
/// above.
/// Running fast, SQL text and data sources do not belong here.
@NullMarked
package org.relata.algebra;

import org.jspecify.annotations.NullMarked;
