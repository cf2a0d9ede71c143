/// Kernels of the algebra as steps on blocks of rows.
///
/// Here belongs turning kernel expressions into straight code over numbered registers, and running that code. Which
/// rows it
/// runs on, and what becomes of results, does not.
@NullMarked
package org.relata.engine.kernel;

import org.jspecify.annotations.NullMarked;
