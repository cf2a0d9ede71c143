/// From relational expressions to regions: which rows each operator has, and which operators are computed together.
///
/// Here belong decisions. Finding matching rows and computing values does not.
@NullMarked
package org.relata.engine.plan;

import org.jspecify.annotations.NullMarked;
