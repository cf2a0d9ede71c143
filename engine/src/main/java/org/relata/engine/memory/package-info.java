/// Memory outside the heap, within a budget: arrays of numbers with one owner each.
///
/// Here belong allocation, spilling to disk, and plain access by position. What numbers mean does not.
@NullMarked
package org.relata.engine.memory;

import org.jspecify.annotations.NullMarked;
