/// Elementwise steps fused into one loop, as bytecode that is written at run time.
///
/// Here belong the shape of such a loop, the writing of it, and the arithmetic that it calls. Which steps share a loop,
/// and what arrays it is given, does not.
@NullMarked
package org.relata.engine.kernel.loop;

import org.jspecify.annotations.NullMarked;
