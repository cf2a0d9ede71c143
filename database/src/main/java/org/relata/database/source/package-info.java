/// Opening a database: finding out what a source is, copying its rows, joining declarations with what is concluded, and
/// writing the store that everything else reads.
///
/// A new kind of source is one class here, listed in `Source` and found by `SourceLocator`. Not here: what is concluded
/// and how (`org.relata.database.infer`), the shape of `database.yaml` (`org.relata.database.config`).
@NullMarked
package org.relata.database.source;

import org.jspecify.annotations.NullMarked;
