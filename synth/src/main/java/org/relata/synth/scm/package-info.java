/// The structural causal model of a table: variables, the random mechanisms that join them, and their evaluation for a
/// few hundred rows at a time.
///
/// Turning values into what a column shows belongs to `org.relata.synth.column`.
@NullMarked
package org.relata.synth.scm;

import org.jspecify.annotations.NullMarked;
