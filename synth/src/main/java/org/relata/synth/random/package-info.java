/// Random numbers that depend on what they are for and on nothing else: no state is shared, so any row of any table can
/// be drawn at any time by any thread.
///
/// Here are keys, streams, and laws that are drawn from often. What is drawn with them is decided elsewhere.
@NullMarked
package org.relata.synth.random;

import org.jspecify.annotations.NullMarked;
