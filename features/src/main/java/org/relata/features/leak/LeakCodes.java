package org.relata.features.leak;

import java.util.List;

/// The codes of everything the leak linter can find. Those of suspicious tasks are in `org.relata.database.task`.
public final class LeakCodes {
    /// A feature query that is not proven to respect the cut-off.
    public static final String UNPROVEN = "time.unproven";
    /// A table of undated rows that belong to dated ones.
    public static final String NO_TIME = "time.missing";
    /// A second time in a row that lies after the row's own.
    public static final String LATER_TIME = "column.later";
    /// A column that is empty in the youngest rows and fills with age.
    public static final String FILLED_LATER = "column.filled-later";
    /// A column whose youngest rows nearly all hold a value that older ones seldom do.
    public static final String SETTLES = "column.settles";
    /// A column that equals an aggregate over all time.
    public static final String TOTAL = "column.total";
    /// A foreign key to a row dated after its own.
    public static final String LATER_LINK = "link.later";
    /// A column that is the label.
    public static final String COPIED = "label.copied";
    /// A column the label follows from.
    public static final String DERIVABLE = "label.derivable";
    /// A column that alone predicts the label too well.
    public static final String PREDICTED = "label.predicted";
    /// A column of the entity table with the label's name.
    public static final String NAMED = "label.named";

    /// Every code.
    public static final List<String> ALL = List.of(
            UNPROVEN,
            NO_TIME,
            LATER_TIME,
            FILLED_LATER,
            SETTLES,
            TOTAL,
            LATER_LINK,
            COPIED,
            DERIVABLE,
            PREDICTED,
            NAMED);

    private LeakCodes() {}
}
