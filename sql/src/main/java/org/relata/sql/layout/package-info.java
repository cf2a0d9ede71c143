/// How values stand in tables: tensors as columns of one row, or as one row an element, and which is better.
///
/// Here belong transformations from algebra to algebra that a database needs. Text does not.
@NullMarked
package org.relata.sql.layout;

import org.jspecify.annotations.NullMarked;
