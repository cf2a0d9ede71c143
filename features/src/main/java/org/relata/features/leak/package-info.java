/// The leak linter: looks for what a model could know only afterwards.
///
/// Here belong the lints, one class each, and the proof that feature queries read nothing after the cut-off. A lint
/// reads
/// labels of training and validation rows only and a bounded sample of every table. Not here: whether the data are as
/// the schema says (`org.relata.database`), how features are made (`org.relata.features.plan`), and what is done about
/// a
/// finding.
@NullMarked
package org.relata.features.leak;

import org.jspecify.annotations.NullMarked;
