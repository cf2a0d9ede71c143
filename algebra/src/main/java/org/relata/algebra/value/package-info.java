/// What the algebra computes with: tensors, keys and relations.
///
/// Here belong plain immutable values and the one error type. How they are combined does not.
@NullMarked
package org.relata.algebra.value;

import org.jspecify.annotations.NullMarked;
