/// The `relata` command: commands, reports and the web page. The only place that prints or parses arguments.
///
/// Not here: anything a Java program would want to call without a terminal; that belongs in the modules below.
@NullMarked
package org.relata.cli;

import org.jspecify.annotations.NullMarked;
