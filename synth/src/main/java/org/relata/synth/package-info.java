/// Relational databases drawn from structural causal models: what a program calls.
///
/// Here are the entry point and its result. How a schema, its links and its values come about lives in the packages
/// below this one; reading a database back and learning from it belong to `org.relata.database` and the floors above.
@NullMarked
package org.relata.synth;

import org.jspecify.annotations.NullMarked;
