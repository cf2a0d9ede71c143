/// Keys of relations as columns, and which rows meet, stay or fall together.
///
/// Here belongs all that depends on keys alone: it is worked out once for given keys, and values then flow along it as
/// often
/// as wanted. Values of tuples do not belong here.
@NullMarked
package org.relata.engine.keys;

import org.jspecify.annotations.NullMarked;
