package org.relata.sql.write;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// A scalar SQL expression, made by a [Maker] that gives equal expressions the same object: compare by identity.
final class Sql {
    /// What is known of an expression's type.
    enum Kind {
        /// DOUBLE.
        REAL,
        /// A string.
        TEXT,
        /// Another number, or a condition.
        OTHER
    }

    /// What an expression is, besides its arguments.
    sealed interface Head {
        /// A column of a source of the enclosing SELECT.
        ///
        /// @param name as it is written, quoted where that is needed
        record Column(int source, String name) implements Head {}

        /// A literal, or anything else without arguments.
        record Text(String text) implements Head {}

        /// A form with {0}, {1}, … for its arguments.
        record Form(Template template) implements Head {}

        /// An aggregate of its argument, written as a form.
        record Total(Template template) implements Head {}
    }

    private final Head head;
    private final List<Sql> arguments;
    private final Kind kind;
    private final boolean total;
    private final int size;

    private Sql(Head head, List<Sql> arguments, Kind kind) {
        this.head = head;
        this.arguments = arguments;
        this.kind = kind;
        this.total = head instanceof Head.Total || arguments.stream().anyMatch(each -> each.total);
        this.size =
                weight(head) + arguments.stream().mapToInt(each -> each.size).reduce(0, Sql::saturated);
    }

    /// A long template counts for more than an operator.
    private static int weight(Head head) {
        return switch (head) {
            case Head.Column _, Head.Text _ -> 1;
            case Head.Form(Template template) -> template.weight();
            case Head.Total(Template template) -> template.weight();
        };
    }

    private static int saturated(int a, int b) {
        return (int) Math.min(1_000_000, (long) a + b);
    }

    Head head() {
        return head;
    }

    List<Sql> arguments() {
        return arguments;
    }

    Kind kind() {
        return kind;
    }

    /// Whether it surely has the type DOUBLE.
    boolean real() {
        return kind == Kind.REAL;
    }

    /// Whether it is a string.
    boolean text() {
        return kind == Kind.TEXT;
    }

    /// Whether an aggregate occurs in it.
    boolean total() {
        return total;
    }

    /// How much it adds to its arguments.
    int weight() {
        return weight(head);
    }

    /// How many parts its text has; shared parts count each time.
    int size() {
        return size;
    }

    boolean isColumn() {
        return head instanceof Head.Column;
    }

    boolean isLiteral() {
        return head instanceof Head.Text;
    }

    /// All expressions below and including these, each once, arguments before users.
    static List<Sql> sorted(Iterable<Sql> expressions) {
        List<Sql> order = new ArrayList<>();
        Set<Sql> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Sql> open = new ArrayList<>();
        for (Sql expression : expressions) {
            open.add(expression);
            while (!open.isEmpty()) {
                Sql last = open.getLast();
                if (seen.contains(last)) {
                    open.removeLast();
                    continue;
                }
                int before = open.size();
                for (Sql argument : last.arguments) {
                    if (!seen.contains(argument)) {
                        open.add(argument);
                    }
                }
                if (open.size() == before) {
                    open.removeLast();
                    seen.add(last);
                    order.add(last);
                }
            }
        }
        return order;
    }

    /// The sources that it reads.
    Set<Integer> sources() {
        Set<Integer> sources = new TreeSet<>();
        for (Sql each : sorted(List.of(this))) {
            if (each.head instanceof Head.Column(int source, String _)) {
                sources.add(source);
            }
        }
        return sources;
    }

    /// Makes expressions, equal ones once.
    static final class Maker {
        private final Map<List<Object>, Sql> made = new HashMap<>();

        Sql column(int source, String name, Kind kind) {
            return make(new Head.Column(source, name), List.of(), kind);
        }

        /// A literal of a type that is not DOUBLE.
        Sql literal(String text, Kind kind) {
            return make(new Head.Text(text), List.of(), kind);
        }

        /// A form whose type is DOUBLE if that of an argument is.
        Sql form(String template, Sql... arguments) {
            boolean real = List.of(arguments).stream().anyMatch(Sql::real);
            return form(real ? Kind.REAL : Kind.OTHER, template, arguments);
        }

        /// A form of the given type.
        Sql form(Kind kind, String template, Sql... arguments) {
            return make(new Head.Form(Template.of(template)), List.of(arguments), kind);
        }

        Sql total(Kind kind, String template, Sql... arguments) {
            return make(new Head.Total(Template.of(template)), List.of(arguments), kind);
        }

        /// The same expression of other arguments.
        Sql with(Sql expression, List<Sql> arguments) {
            return make(expression.head, arguments, expression.kind);
        }

        private Sql make(Head head, List<Sql> arguments, Kind kind) {
            List<Object> identity = new ArrayList<>(arguments.size() + 2);
            identity.add(head);
            identity.add(kind);
            arguments.forEach(each -> identity.add(new Same(each)));
            return made.computeIfAbsent(identity, key -> new Sql(head, arguments, kind));
        }

        /// An expression with others put in the place of some, from the leaves up.
        ///
        /// @param change what stands for an expression whose arguments are changed already; itself to keep it
        Sql replace(Sql expression, Function<Sql, Sql> change, IdentityHashMap<Sql, Sql> known) {
            for (Sql each : sorted(List.of(expression))) {
                if (!known.containsKey(each)) {
                    List<Sql> arguments = new ArrayList<>();
                    boolean same = true;
                    for (Sql argument : each.arguments) {
                        Sql changed = known.getOrDefault(argument, argument);
                        same &= changed == argument;
                        arguments.add(changed);
                    }
                    Sql rebuilt = same ? each : make(each.head, arguments, each.kind);
                    known.put(each, change.apply(rebuilt));
                }
            }
            return known.getOrDefault(expression, expression);
        }
    }

    /// An expression compared by identity.
    private record Same(Sql expression) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Same(Sql its) && its == expression;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(expression);
        }
    }
}
