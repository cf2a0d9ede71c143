package org.relata.algebra;

import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.Map;

/// Programs as text for people.
final class Explain {
    /// Beyond it a depth is written as a number: indenting what is deeper would fill the memory.
    private static final int INDENTED = 40;

    private record Line(RelExpr expression, int depth) {}

    private final IdentityHashMap<RelExpr, Integer> uses = new IdentityHashMap<>();
    private final IdentityHashMap<RelExpr, Integer> shown = new IdentityHashMap<>();
    private final StringBuilder text = new StringBuilder();

    private Explain() {}

    static String tree(RelExpr expression) {
        return trees(Map.of("", expression));
    }

    /// One tree for each output under its name, numbered together: what two of them use stands once.
    static String trees(Map<String, RelExpr> outputs) {
        Sharing sharing = new Sharing();
        RelExpr[] shared = outputs.values().stream().map(sharing::share).toArray(RelExpr[]::new);
        Explain explain = new Explain();
        for (RelExpr each : Sharing.sorted(shared)) {
            each.inputs().forEach(input -> explain.uses.merge(input, 1, Integer::sum));
        }
        for (RelExpr each : shared) {
            explain.uses.merge(each, 1, Integer::sum);
        }
        outputs.forEach((name, expression) -> {
            if (!name.isEmpty()) {
                explain.text.append(name).append(":\n");
            }
            explain.show(sharing.share(expression), name.isEmpty() ? 0 : 1);
        });
        return explain.text.toString();
    }

    private void show(RelExpr root, int start) {
        ArrayDeque<Line> lines = new ArrayDeque<>();
        lines.push(new Line(root, start));
        while (!lines.isEmpty()) {
            Line line = lines.pop();
            RelExpr expression = line.expression;
            text.append("  ".repeat(Math.min(line.depth, INDENTED)));
            if (line.depth > INDENTED) {
                text.append('(').append(line.depth).append(") ");
            }
            Integer number = shown.get(expression);
            if (number != null) {
                text.append("= #").append(number).append('\n');
                continue;
            }
            if (!expression.inputs().isEmpty() && uses.getOrDefault(expression, 0) > 1) {
                shown.put(expression, shown.size() + 1);
                text.append('#').append(shown.size()).append(' ');
            }
            text.append(expression.label())
                    .append("  : ")
                    .append(expression.type())
                    .append('\n');
            expression.inputs().reversed().forEach(input -> lines.push(new Line(input, line.depth + 1)));
        }
    }
}
