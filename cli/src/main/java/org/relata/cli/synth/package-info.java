/// What `relata synth` does: many databases side by side, and what there is to say of them.
///
/// Drawing a database belongs to `org.relata.synth`; arguments are parsed in `org.relata.cli`.
@NullMarked
package org.relata.cli.synth;

import org.jspecify.annotations.NullMarked;
