/// From the values of variables to what columns show: classes, transforms, whole numbers, days, words, missing cells.
@NullMarked
package org.relata.synth.column;

import org.jspecify.annotations.NullMarked;
