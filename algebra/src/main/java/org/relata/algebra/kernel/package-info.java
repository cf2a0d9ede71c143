/// What happens to the values of tuples: expressions over tensors.
///
/// A primitive is one record (or one constant of an operation) with its shape rule, its value and its derivative side
/// by
/// side; `Kernels` builds and simplifies, `Derivative` chains. Which tuples meet is not decided here.
@NullMarked
package org.relata.algebra.kernel;

import org.jspecify.annotations.NullMarked;
