/// What features exist: join paths, the measures at their ends, aggregations, windows, and the choice among them.
///
/// Here belongs the plan as data, readable and serialisable, and how it is chosen from a schema and cheap statistics.
/// Its SQL
/// text and its execution do not: they are in `org.relata.features.sql`.
@NullMarked
package org.relata.features.plan;

import org.jspecify.annotations.NullMarked;
