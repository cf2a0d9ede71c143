/// What can be set about the databases to be drawn: parameters, ranges and sets of values to draw them from, presets,
/// and
/// the files they are read from.
///
/// Here are names and values only. What a layout, an activation or a source does with them lives where it is used.
@NullMarked
package org.relata.synth.config;

import org.jspecify.annotations.NullMarked;
