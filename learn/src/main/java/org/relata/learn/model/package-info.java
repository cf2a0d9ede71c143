/// The models that Relata brings along: graph convolutions, embeddings of knowledge graphs, and factorisation.
///
/// Here belongs, for each of them, the text of the model in SQL, how data is read and bound to it, and how well it
/// does.
/// How any model is trained stands in `org.relata.learn.train`; options and printing do not belong here.
@NullMarked
package org.relata.learn.model;

import org.jspecify.annotations.NullMarked;
