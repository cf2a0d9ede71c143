/// What is found wrong in the data: how findings are collected, weighed and reported, and the checks themselves.
///
/// Not here: what may be tolerated (`org.relata.database.config`), leaks between features and labels.
@NullMarked
package org.relata.database.check;

import org.jspecify.annotations.NullMarked;
