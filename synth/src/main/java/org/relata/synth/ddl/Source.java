package org.relata.synth.ddl;

import java.util.regex.Pattern;
import org.relata.database.RelataException;

/// SQL text and what it is called, so that an error can say where it is.
///
/// @param name the file, as errors call it
/// @param text the whole text
record Source(String name, String text) {
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}\\x{85}\\x{2028}\\x{2029}]+");

    /// An error at a position. A name may hold the end of a line, an error may not.
    RelataException error(String code, int offset, String problem, String remedy) {
        return RelataException.usage(code, place(offset), oneLine(problem), oneLine(remedy));
    }

    /// The sentence without ends of lines and other signs that print nothing.
    static String oneLine(String sentence) {
        return BLANKS.matcher(sentence).replaceAll(" ");
    }

    /// An error of grammar at a token.
    RelataException syntax(Token at, String problem, String remedy) {
        return error("ddl.syntax", at.offset(), problem, remedy);
    }

    /// The position as people count: lines and columns from 1.
    String place(int offset) {
        int line = 1;
        int start = 0;
        for (int i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) {
            line++;
            start = i + 1;
        }
        return name + ", line " + line + ", column " + (text.codePointCount(start, offset) + 1);
    }
}
