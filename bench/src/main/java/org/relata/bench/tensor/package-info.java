/// The loads of tensor libraries: graph convolutions, factorisations, embeddings and regression, on inputs that the
/// peers' own harnesses read too.
///
/// Here belong the inputs, what is asked of the engine, and how peers are started. What Relata computes does not.
@NullMarked
package org.relata.bench.tensor;

import org.jspecify.annotations.NullMarked;
