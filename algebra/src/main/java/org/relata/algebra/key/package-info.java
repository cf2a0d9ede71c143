/// What is said about keys, as data: terms, predicates, projections and matches.
///
/// All of it can be read by derivatives, rewrites, SQL writers and runners. Nothing here looks at values of tuples.
@NullMarked
package org.relata.algebra.key;

import org.jspecify.annotations.NullMarked;
