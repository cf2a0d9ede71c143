/// Regions of fused operators, run block by block on several threads.
///
/// Here belong the loops over rows, groups and threads. Which operators form a region does not.
@NullMarked
package org.relata.engine.run;

import org.jspecify.annotations.NullMarked;
