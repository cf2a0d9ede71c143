/// Which parent row each row refers to: block models, uniform links, trees, popularity, rows without a parent.
///
/// Links depend on the numbers of rows only, never on values.
@NullMarked
package org.relata.synth.link;

import org.jspecify.annotations.NullMarked;
