package org.relata.cli.run;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The address of data without the secrets in it.
public final class Sources {
    private static final Pattern USER_INFO = Pattern.compile("(://[^/:@?]*):[^/?]*@");
    private static final Pattern PARAMETER =
            Pattern.compile("([?&;])(password|passwd|pwd|secret|token|sslpassword)=[^&;]*", Pattern.CASE_INSENSITIVE);

    private Sources() {}

    /// A source that can be shown and kept: a JDBC URL loses its password.
    public static String withoutSecrets(String source) {
        if (!RunConfig.isUrl(source)) {
            return source;
        }
        String text = USER_INFO.matcher(source).replaceAll("$1@");
        Matcher parameter = PARAMETER.matcher(text);
        StringBuilder kept = new StringBuilder();
        while (parameter.find()) {
            parameter.appendReplacement(kept, Matcher.quoteReplacement(parameter.group(1)));
        }
        parameter.appendTail(kept);
        return kept.toString().replaceAll("([?&;])[&;]+", "$1").replaceAll("[?&;]+$", "");
    }
}
