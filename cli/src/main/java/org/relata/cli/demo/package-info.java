/// The shop that `relata demo` learns from: a made-up database with a signal whose strength is known.
///
/// Here belong the story (who buys, who leaves and why), its rows, and the files written from them. Not here: anything
/// that reads a database, learns or prints; and nothing outside this package may know that the shop is made up.
@NullMarked
package org.relata.cli.demo;

import org.jspecify.annotations.NullMarked;
