/// A plan taken over from a database that exists: its schema and a few counts of it, and none of its rows.
///
/// What leaves the database is what the plan holds: names, numbers of rows, shares without a value, numbers of classes,
/// three figures a link about how unevenly parents are referred to and how long after their time, and the days between
/// which it lies. Labels leave it only when asked for; numbers, texts, keys and single times never do. Not here:
/// drawing
/// anything.
@NullMarked
package org.relata.synth.like;

import org.jspecify.annotations.NullMarked;
