package org.relata.learn.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.relata.algebra.Facts;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.learn.train.KeyOrigins.Origin;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;
import org.relata.sql.model.Table;

/// Which keys a parameter has that has no rows yet. Each key attribute takes the values that its CHECK states, else
/// those of the column that it REFERENCES, else those of the columns of data that the loss joins it with; the keys are
/// all combinations.
final class ParameterKeys {
    /// More keys than this are taken for a mistake.
    private static final long MOST = 20_000_000;

    private final TrainingData data;
    private final KeyOrigins origins;
    private final Map<String, Input> inputs = new HashMap<>();

    ParameterKeys(Model model, TrainingData data) {
        this.data = data;
        this.origins = new KeyOrigins(model.loss());
        model.inputs().forEach(input -> inputs.put(input.relation(), input));
    }

    /// The keys, in order.
    NavigableSet<Key> of(Input parameter) {
        List<String> free = new ArrayList<>(parameter.scan().type().names());
        free.removeAll(parameter.table().primaryKey());
        if (!free.isEmpty()) {
            throw new AlgebraException(
                    "parameter.keys",
                    "parameter " + parameter.relation(),
                    "nothing says which " + String.join(", ", free) + " goes with which row of the primary key",
                    "create the table with its rows");
        }
        List<NavigableSet<Key>> values = new ArrayList<>();
        long count = 1;
        for (Attribute attribute : parameter.scan().type().key()) {
            NavigableSet<Key> each = values(parameter, attribute);
            if (each.isEmpty()) {
                throw new AlgebraException(
                        "parameter.keys",
                        "parameter " + parameter.relation(),
                        "there is no value for its key attribute " + attribute.name() + ", as what it is joined with is"
                                + " empty",
                        "fill the tables first");
            }
            count = Math.min(MOST + 1, count * each.size());
            values.add(each);
        }
        if (count > MOST) {
            throw tooMany(parameter);
        }
        NavigableSet<Key> keys = new TreeSet<>(Set.of(Key.EMPTY));
        for (NavigableSet<Key> each : values) {
            NavigableSet<Key> longer = new TreeSet<>();
            for (Key key : keys) {
                for (Key value : each) {
                    List<Object> both = new ArrayList<>(key.values());
                    both.addAll(value.values());
                    longer.add(new Key(both));
                }
            }
            keys = longer;
        }
        return keys;
    }

    /// The range of the only key attribute, where there is one and it is all that says the keys.
    static Optional<Facts.Range> only(Input parameter) {
        List<Attribute> key = parameter.scan().type().key();
        return key.size() == 1
                        && parameter
                                .table()
                                .primaryKey()
                                .contains(key.getFirst().name())
                ? range(parameter, key.getFirst())
                : Optional.empty();
    }

    private NavigableSet<Key> values(Input parameter, Attribute attribute) {
        Optional<Facts.Range> range = range(parameter, attribute);
        if (range.isPresent()) {
            if (range.get().count() > MOST) {
                throw tooMany(parameter);
            }
            NavigableSet<Key> all = new TreeSet<>();
            LongStream.range(range.get().from(), range.get().to()).forEach(value -> all.add(Key.of(value)));
            return all;
        }
        Optional<Table.Reference> reference =
                column(parameter, attribute.name()).flatMap(Table.KeyColumn::references);
        if (reference.isPresent()) {
            return data.values(reference.get().table(), reference.get().column());
        }
        return joined(parameter, attribute);
    }

    private NavigableSet<Key> joined(Input parameter, Attribute attribute) {
        NavigableSet<Key> all = new TreeSet<>();
        Set<Origin> read = new HashSet<>();
        boolean known = false;
        for (Origin origin : origins.with(new Origin(parameter.relation(), attribute.name()))) {
            Input other = inputs.get(origin.relation());
            if (other != null && !other.learned()) {
                known = true;
                if (read.add(new Origin(other.table().name(), origin.attribute()))) {
                    all.addAll(data.values(other.table().name(), origin.attribute()));
                }
            } else if (other != null) {
                Optional<Facts.Range> range = range(other, Attribute.integer(origin.attribute()));
                known |= range.isPresent();
                range.ifPresent(values ->
                        LongStream.range(values.from(), values.to()).forEach(value -> all.add(Key.of(value))));
            }
        }
        if (!known) {
            throw new AlgebraException(
                    "parameter.keys",
                    "parameter " + parameter.relation(),
                    "nothing says which values its key attribute " + attribute.name() + " takes",
                    attribute.domain() == Attribute.Domain.INTEGER
                            ? "declare CHECK (" + attribute.name() + " BETWEEN … AND …) or REFERENCES a column that has"
                                    + " them, or create the table with its rows"
                            : "declare REFERENCES a column that has them, or create the table with its rows");
        }
        return all;
    }

    private static Optional<Facts.Range> range(Input input, Attribute attribute) {
        return Optional.ofNullable(input.scan().type().facts().ranges().get(attribute.name()))
                .or(() -> column(input, attribute.name()).flatMap(Table.KeyColumn::range));
    }

    private static Optional<Table.KeyColumn> column(Input input, String name) {
        return input.table().keys().stream()
                .filter(column -> column.attribute().name().equals(name))
                .findFirst();
    }

    private static AlgebraException tooMany(Input parameter) {
        return new AlgebraException(
                "parameter.keys",
                "parameter " + parameter.relation(),
                "all combinations of its key attributes are more than " + MOST + " keys",
                "create the table with the rows that are needed");
    }
}
