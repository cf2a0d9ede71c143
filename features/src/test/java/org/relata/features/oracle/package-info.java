/// Random databases and a slow, plain reading of what every feature means, to hold the SQL against.
///
/// Here belongs what several tests of features share. Tests of one class sit beside that class.
@NullMarked
package org.relata.features.oracle;

import org.jspecify.annotations.NullMarked;
