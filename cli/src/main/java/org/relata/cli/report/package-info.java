/// The report of a fit as one self-contained HTML file, and pictures of a schema and of how a drawn database came
/// about.
///
/// Here belongs how results look. What they are, is computed below (`org.relata.learn`); where a report is written and
/// what is printed beside it, is the commands' business.
@NullMarked
package org.relata.cli.report;

import org.jspecify.annotations.NullMarked;
