package org.relata.algebra;

import java.util.IdentityHashMap;

/// Programs as text for people.
final class Explain {
    private final IdentityHashMap<RelExpr, Integer> uses = new IdentityHashMap<>();
    private final IdentityHashMap<RelExpr, Integer> shown = new IdentityHashMap<>();
    private final StringBuilder text = new StringBuilder();

    private Explain() {}

    static String tree(RelExpr expression) {
        RelExpr shared = new Sharing().share(expression);
        Explain explain = new Explain();
        for (RelExpr each : Sharing.sorted(shared)) {
            each.inputs().forEach(input -> explain.uses.merge(input, 1, Integer::sum));
        }
        explain.show(shared, 0);
        return explain.text.toString();
    }

    private void show(RelExpr expression, int depth) {
        text.append("  ".repeat(depth));
        boolean leaf = expression.inputs().isEmpty();
        Integer number = shown.get(expression);
        if (number != null) {
            text.append("= #").append(number).append('\n');
            return;
        }
        if (!leaf && uses.getOrDefault(expression, 0) > 1) {
            shown.put(expression, shown.size() + 1);
            text.append('#').append(shown.size()).append(' ');
        }
        text.append(expression.label()).append("  : ").append(expression.type()).append('\n');
        expression.inputs().forEach(input -> show(input, depth + 1));
    }
}
