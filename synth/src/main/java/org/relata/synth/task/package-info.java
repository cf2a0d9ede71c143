/// Questions about a generated database whose best possible answer is known, because what makes the answer is.
@NullMarked
package org.relata.synth.task;

import org.jspecify.annotations.NullMarked;
