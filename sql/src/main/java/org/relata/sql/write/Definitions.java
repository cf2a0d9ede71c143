package org.relata.sql.write;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import org.relata.algebra.Add;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Constant;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Scan;
import org.relata.algebra.Select;
import org.relata.algebra.value.Attribute;
import org.relata.sql.write.Block.Body;
import org.relata.sql.write.Block.Definition;
import org.relata.sql.write.Block.Source;
import org.relata.sql.write.Block.Table;
import org.relata.sql.write.Sql.Kind;

/// The definitions of a program and the numbers of what reads them: every name and every number is given once.
final class Definitions {
    private final Dialect dialect;
    private final Sql.Maker maker;
    private final Function<RelExpr, Optional<String>> hints;
    private final String prefix;
    private final Set<String> names = new HashSet<>();
    private int sources;

    /// @param hints names that people gave to expressions
    /// @param prefix before the name of each definition
    Definitions(Dialect dialect, Sql.Maker maker, Function<RelExpr, Optional<String>> hints, String prefix) {
        this.dialect = dialect;
        this.maker = maker;
        this.hints = hints;
        this.prefix = prefix;
    }

    /// A number that no source has yet.
    int source() {
        return sources++;
    }

    /// Keeps a name from being given.
    void reserve(String name) {
        names.add(name);
    }

    /// What an expression computes under a name of its own.
    Definition define(RelExpr expression, Body body) {
        String wish = hints.apply(expression)
                .orElse(
                        switch (expression) {
                            case Scan scan -> scan.relation();
                            case Constant _ -> "rows";
                            case Select _ -> "mapped";
                            case Aggregate aggregate ->
                                switch (aggregate.aggregator()) {
                                    case SUM -> "total";
                                    case COUNT -> "counted";
                                    case MEAN -> "mean";
                                    case MINIMUM -> "least_value";
                                    case MAXIMUM -> "greatest_value";
                                    case PRODUCT, LOGSUMEXP, VARIANCE, DEVIATION -> "grouped";
                                };
                            case Join _ -> "joined";
                            case Add _ -> body instanceof Body.Union ? "parts" : "added";
                        });
        String name = prefix + wish;
        for (int number = 2; !names.add(name); number++) {
            name = prefix + wish + "_" + number;
        }
        List<String> columns = new ArrayList<>();
        expression.type().names().forEach(attribute -> columns.add(dialect.name(attribute)));
        valueNames(expression.type().names(), expression.type().shape().size())
                .forEach(value -> columns.add(dialect.name(value)));
        return new Definition(name, body, columns, expression.type());
    }

    /// Names for the elements of a value beside key attributes of the given names.
    static List<String> valueNames(List<String> key, int size) {
        String stem = "v";
        while (key.contains(stem) || key.contains(stem + "_0")) {
            stem += "_";
        }
        if (size == 1) {
            return List.of(stem);
        }
        List<String> names = new ArrayList<>();
        for (int element = 0; element < size; element++) {
            names.add(stem + "_" + element);
        }
        return names;
    }

    /// The rows of a definition, read by one more source.
    Block reading(Definition definition, RelExpr expression) {
        int number = source();
        SequencedMap<String, Sql> key = new LinkedHashMap<>();
        List<Attribute> attributes = expression.type().key();
        for (int index = 0; index < attributes.size(); index++) {
            Attribute attribute = attributes.get(index);
            key.put(attribute.name(), maker.column(number, definition.columns().get(index), kind(attribute)));
        }
        List<Sql> values = definition
                .columns()
                .subList(attributes.size(), definition.columns().size())
                .stream()
                .map(column -> maker.column(number, column, Kind.REAL))
                .toList();
        return new Block(
                List.of(new Source(number, new Table.Named(definition), attributes.isEmpty())),
                List.of(),
                key,
                values,
                Optional.empty());
    }

    /// The kind of a column that holds a key attribute.
    static Kind kind(Attribute attribute) {
        return attribute.domain() == Attribute.Domain.TEXT ? Kind.TEXT : Kind.OTHER;
    }
}
