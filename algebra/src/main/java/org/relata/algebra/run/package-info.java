/// How programs are run, whoever runs them.
///
/// Here belong the interface of all runners and the runner over plain maps. Runners that need a database or native code
/// are in modules above.
@NullMarked
package org.relata.algebra.run;

import org.jspecify.annotations.NullMarked;
