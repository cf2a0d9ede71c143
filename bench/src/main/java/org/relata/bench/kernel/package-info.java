/// Arithmetic of the engine, one kernel at a time, measured with JMH: what a core does with arrays that stay near it,
/// and
/// with rows that stand here and there in memory.
///
/// Whole models are measured beside their peers in `org.relata.bench.tensor`.
@NullMarked
package org.relata.bench.kernel;

import org.jspecify.annotations.NullMarked;
