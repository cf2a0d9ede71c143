/// Arithmetic on arrays of one precision: what the machine is good at, without a notion of relations or kernels.
///
/// Here belong loops over numbers and the binding to BLAS. Which numbers they run over does not.
@NullMarked
package org.relata.engine.lanes;

import org.jspecify.annotations.NullMarked;
