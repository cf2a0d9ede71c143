package org.relata.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/// Text in aligned columns.
///
/// Columns whose header starts with `>` are aligned to the right, as numbers are.
public final class Columns {
    private static final String GAP = "  ";
    private final List<List<String>> lines = new ArrayList<>();
    private final boolean[] right;

    /// Columns under the given headers.
    public Columns(String... headers) {
        right = new boolean[headers.length];
        List<String> names = new ArrayList<>();
        for (int i = 0; i < headers.length; i++) {
            right[i] = headers[i].startsWith(">");
            names.add(right[i] ? headers[i].substring(1) : headers[i]);
        }
        lines.add(names);
    }

    /// Adds a line; it has as many cells as there are headers.
    public void add(String... cells) {
        if (cells.length != right.length) {
            throw new IllegalArgumentException(cells.length + " cells in " + right.length + " columns");
        }
        lines.add(List.of(cells));
    }

    /// The header and the lines, each indented by two spaces, without trailing spaces.
    public List<String> render() {
        int[] widths = new int[right.length];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], length(line.get(i)));
            }
        }
        return lines.stream()
                .map(line -> {
                    StringBuilder text = new StringBuilder();
                    for (int i = 0; i < widths.length; i++) {
                        String space = " ".repeat(widths[i] - length(line.get(i)));
                        text.append(GAP).append(right[i] ? space + line.get(i) : line.get(i) + space);
                    }
                    return text.toString().stripTrailing();
                })
                .toList();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
