/// Deep feature synthesis: features of an entity at a cut-off, made by aggregating what the database holds about it up
/// to then.
///
/// Not here: reading databases or deciding what is visible at a cut-off (`org.relata.database`), models that consume
/// features (`org.relata.learn`).
@NullMarked
package org.relata.features;

import org.jspecify.annotations.NullMarked;
