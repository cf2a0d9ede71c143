/// Measurements of Relata side by side with its peers.
///
/// Not here: tests (they belong beside what they test), and anything another module would use.
@NullMarked
package org.relata.bench;

import org.jspecify.annotations.NullMarked;
