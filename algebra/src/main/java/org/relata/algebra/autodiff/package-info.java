/// Derivatives of expressions, as expressions.
///
/// `Autodiff` walks a program backwards; `Pullbacks` and `AggregatePullback` hold the rule of each operator. What they
/// return is ordinary algebra and can be run, printed and differentiated again. Derivatives of kernels are in `kernel`.
@NullMarked
package org.relata.algebra.autodiff;

import org.jspecify.annotations.NullMarked;
