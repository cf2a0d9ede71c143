/// Programs that compute the same with less.
///
/// `Rewrites` lists every rewrite in the order they are tried; each is one class with its precondition. Here belongs
/// what
/// turns a program into an equal one, whoever runs it. How an operator is executed belongs to runners, derivatives to
/// `autodiff`, which asks `Rewrites` which of its shortcuts to take.
@NullMarked
package org.relata.algebra.rewrite;

import org.jspecify.annotations.NullMarked;
