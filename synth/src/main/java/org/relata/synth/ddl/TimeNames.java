package org.relata.synth.ddl;

import java.util.Locale;
import java.util.regex.Pattern;

/// Which date of a table says when a row came to be, judged by names alone.
final class TimeNames {
    private static final Pattern NEVER = Pattern.compile("birth|dob|born|death|died");
    private static final Pattern LATER = Pattern.compile(
            "updat|modif|chang|delet|finish|end|clos|expir|due|deliver|ship|return|requir|cancel|resolv|until|valid"
                    + "|last|discharge|arriv|paid");
    private static final Pattern CREATION = Pattern.compile(
            "creat|order|plac|purchas|invoice|occur|happen|event|post|regist|signup|sign_up|join|hire|start|begin|open"
                    + "|receiv|record|transaction|visit|sent|log|admi");

    private TimeNames() {}

    /// How well a column dates its rows: the best positive score is the time column, and there may be none.
    ///
    /// @param name the name of a column of dates
    /// @param required whether every row has one
    static int score(String name, boolean required) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (NEVER.matcher(lower).find()) {
            return 0;
        }
        return 2
                + (required ? 1 : 0)
                + (CREATION.matcher(lower).find() ? 3 : 0)
                - (LATER.matcher(lower).find() ? 4 : 0);
    }
}
