package org.relata.database;

import java.util.Optional;

/// Something that was not declared and was concluded from the data.
///
/// @param table the table it is about
/// @param column the column, when it is about one
/// @param conclusion what was concluded: `primary key`, `foreign key to customers`, `time column`, `kind categorical`
/// @param evidence why, with figures: `10000 of 10000 values are distinct and none is null`
/// @param confidence from 0 (a guess) to 1 (certain)
public record Inference(String table, Optional<String> column, String conclusion, String evidence, double confidence) {}
