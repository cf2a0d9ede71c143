/// Directed acyclic graphs drawn at random: the seven layouts that serve for tables and for variables alike.
@NullMarked
package org.relata.synth.graph;

import org.jspecify.annotations.NullMarked;
