/// Where the values of variables without parents come from: laws drawn from independently, and time series over the
/// rows.
@NullMarked
package org.relata.synth.source;

import org.jspecify.annotations.NullMarked;
