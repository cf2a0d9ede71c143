package org.relata.algebra.rewrite;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.relata.algebra.RelExpr;
import org.relata.algebra.value.AlgebraException;

/// The rewrites, in the order they are tried at each operator, inputs before users, until none applies:
///
/// 1. shortcuts of differentiation, which act before there is an expression to rewrite;
/// 2. what makes an operator disappear, so that nothing else is spent on it;
/// 3. what turns one operator into a simpler one, which lets others see more;
/// 4. what merges neighbours, so that what follows sees whole joins;
/// 5. what changes the order of joins and sums, on what is then as small as it gets.
///
/// Common subexpressions need no rewrite: [org.relata.algebra.Sharing] gives equal expressions one object before each
/// round and after the last. What depends on no parameter is split off by [LoopInvariants], which makes two programs of
/// one.
public final class Rewrites {
    private static final List<Rewrite> CATALOGUE = List.of(
            new ProductJoin(),
            new JoinUnderAggregate(),
            new Dead(),
            new NoOperation(),
            new ConstantGrouping(),
            // 2 · v is a product, which what orders joins and sums can see into, and v + v is not.
            new EqualTerms(),
            // After the match is said in equalities, types know more of what determines what.
            new MatchEqualities(),
            new Cardinality(),
            new SemiJoin(),
            new MergeSelects(),
            new SelectOverJoin(),
            new SelectUnderJoin(),
            // Of what may be ordered in any way, the order comes first: where to sum depends on it.
            new ContractionOrder(),
            new AggregatesBelowJoins());

    private final List<Rewrite> active;

    private Rewrites(List<Rewrite> active) {
        this.active = List.copyOf(active);
    }

    /// All of them.
    public static Rewrites all() {
        return new Rewrites(CATALOGUE);
    }

    /// None: programs and derivatives as the rules say them.
    public static Rewrites none() {
        return new Rewrites(List.of());
    }

    /// One of them.
    public static Rewrites only(String name) {
        return new Rewrites(List.of(named(name)));
    }

    /// These but for one, given by its name.
    public Rewrites without(String name) {
        Rewrite left = named(name);
        return new Rewrites(active.stream().filter(each -> each != left).toList());
    }

    /// The names of all there are, in order.
    public static List<String> names() {
        return CATALOGUE.stream().map(Rewrite::name).toList();
    }

    /// Those that are switched on, in order.
    public List<Rewrite> active() {
        return active;
    }

    /// Whether one is switched on.
    public boolean has(String name) {
        return active.contains(named(name));
    }

    /// Programs that compute the same with less.
    public Rewritten apply(Map<String, RelExpr> outputs) {
        return new Rewriter(active).apply(outputs);
    }

    /// The programs before, which rewrites applied how often, and the programs after, with types and sizes.
    public String explain(Map<String, RelExpr> outputs) {
        Rewritten rewritten = apply(outputs);
        StringBuilder text = new StringBuilder("before\n");
        text.append(RelExpr.explain(outputs)).append("\nrewrites\n");
        rewritten
                .applied()
                .forEach((name, times) -> text.append("  ")
                        .append(name)
                        .append(" × ")
                        .append(times)
                        .append('\n'));
        if (rewritten.applied().isEmpty()) {
            text.append("  none applies\n");
        }
        return text.append("\nafter\n")
                .append(RelExpr.explain(rewritten.outputs()))
                .toString();
    }

    private static Rewrite named(String name) {
        return CATALOGUE.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AlgebraException(
                        "rewrite.unknown",
                        "rewrite " + name,
                        "there is none of this name",
                        "did you mean " + nearest(name) + "? There are " + String.join(", ", names())));
    }

    private static String nearest(String name) {
        return names().stream()
                .min(Comparator.comparingInt(each -> distance(each, name)))
                .orElseThrow();
    }

    /// How many letters differ (Levenshtein).
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, column -> column);
        for (int line = 1; line <= one.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= other.length(); column++) {
                int change = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(change, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[other.length()];
    }
}
