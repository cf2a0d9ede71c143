/// Where generated rows go: a store to learn from, and folders and databases for other tools.
@NullMarked
package org.relata.synth.write;

import org.jspecify.annotations.NullMarked;
