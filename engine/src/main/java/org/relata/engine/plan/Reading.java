package org.relata.engine.plan;

import org.relata.engine.keys.RowMap;

/// The values of an operator as rows of a region read them.
///
/// @param map from rows of the region to those of the operator
record Reading(Keyed keyed, RowMap map) {}
