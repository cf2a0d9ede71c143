/// How text reaches a terminal: streams, colours, progress bars, aligned columns and readable numbers.
///
/// Not here: what is said. Commands (`org.relata.cli`) decide that.
@NullMarked
package org.relata.cli.terminal;

import org.jspecify.annotations.NullMarked;
