/// A run on disk: its settings, its folder with results and checkpoints, where it came from, and how memory is shared.
///
/// Nothing here prints or parses arguments, so that a Java program can write and read runs too. What is computed in a
/// run belongs to `org.relata.learn.fit`.
@NullMarked
package org.relata.cli.run;

import org.jspecify.annotations.NullMarked;
