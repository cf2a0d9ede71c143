package org.relata.engine.plan;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.relata.algebra.Add;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Aggregator;
import org.relata.algebra.Constant;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Scan;
import org.relata.algebra.Select;
import org.relata.algebra.Sharing;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.KeyTerm.Reference;
import org.relata.algebra.key.Side;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Shape;
import org.relata.engine.keys.Column;
import org.relata.engine.keys.Distinct;
import org.relata.engine.keys.Groups;
import org.relata.engine.keys.KeySet;
import org.relata.engine.keys.Matched;
import org.relata.engine.keys.RowMap;
import org.relata.engine.keys.Strings;
import org.relata.engine.keys.TermCode;
import org.relata.engine.memory.Longs;
import org.relata.engine.memory.Memory;

/// Works out the rows of every operator from the keys of the relations that are bound. Values play no part in it, so it
/// holds until keys change.
public final class KeyPhase {
    private static final KeySet NOTHING = new KeySet(List.of(), List.of(), 1);

    private final Map<Scan, KeySet> scanned;
    private final Map<Constant, KeySet> constants;
    private final Strings strings;
    private final RowMaps maps;
    private final Memory.Scope scope;
    private final IdentityHashMap<RelExpr, Keyed> known = new IdentityHashMap<>();
    private final Map<Compared, Matched> matches = new HashMap<>();

    /// What a join compares.
    private record Compared(List<Column> left, int leftRows, List<Column> right, int rightRows) {}

    /// @param maps all row maps of the plan
    /// @param scope owns all lists of rows
    public KeyPhase(
            Map<Scan, KeySet> scanned,
            Map<Constant, KeySet> constants,
            Strings strings,
            RowMaps maps,
            Memory.Scope scope) {
        this.maps = maps;
        this.scanned = scanned;
        this.constants = constants;
        this.strings = strings;
        this.scope = scope;
    }

    /// Works out one operator; its inputs come before it.
    public Keyed add(RelExpr expression) {
        List<Keyed> inputs = expression.inputs().stream()
                .map(input -> requireNonNull(known.get(input)))
                .toList();
        Keyed keyed = switch (expression) {
            case Scan scan -> leaf(scan, requireNonNull(scanned.get(scan)));
            case Constant constant -> leaf(constant, requireNonNull(constants.get(constant)));
            case Select select -> select(select, inputs);
            case Aggregate aggregate -> aggregate(aggregate, inputs);
            case Join join -> join(join, inputs);
            case Add add -> add(add, inputs);
        };
        known.put(expression, keyed);
        return keyed;
    }

    /// An operator that was worked out.
    public Keyed keyed(RelExpr expression) {
        return requireNonNull(known.get(expression));
    }

    /// Outputs with operators replaced, which are worked out too.
    ///
    /// @param replacing what an operator becomes, which is given as it was and on replaced inputs
    public Map<String, RelExpr> replaced(Map<String, RelExpr> outputs, BiFunction<Keyed, RelExpr, RelExpr> replacing) {
        IdentityHashMap<RelExpr, RelExpr> made = new IdentityHashMap<>();
        for (RelExpr each : Sharing.sorted(outputs.values().toArray(RelExpr[]::new))) {
            List<RelExpr> inputs = each.inputs().stream()
                    .map(input -> requireNonNull(made.get(input)))
                    .toList();
            RelExpr same = isSame(inputs, each.inputs()) ? each : each.withInputs(inputs);
            RelExpr other = replacing.apply(keyed(each), same);
            for (RelExpr below : Sharing.sorted(other)) {
                if (!known.containsKey(below)) {
                    add(below);
                }
            }
            made.put(each, other);
        }
        Map<String, RelExpr> replaced = new LinkedHashMap<>();
        outputs.forEach((name, expression) -> replaced.put(name, requireNonNull(made.get(expression))));
        return replaced;
    }

    private static boolean isSame(List<RelExpr> some, List<RelExpr> others) {
        for (int index = 0; index < some.size(); index++) {
            if (some.get(index) != others.get(index)) {
                return false;
            }
        }
        return true;
    }

    private static Keyed leaf(RelExpr expression, KeySet keys) {
        return new Keyed(expression, List.of(), keys, List.of(), Optional.empty());
    }

    private Keyed select(Select select, List<Keyed> inputs) {
        KeySet input = inputs.getFirst().keys();
        Matched kept = same(Matched.filtered(select.where(), input, strings, scope));
        KeySet keys =
                projected(select, select.project(), input, NOTHING, kept.left(), new RowMap.Single(), kept.pairs());
        Set<String> names = references(select.project(), Side.LEFT);
        if (!select.input().type().determinedBy(names)) {
            Distinct.check(keys, select.label(), strings, scope);
        }
        return new Keyed(select, inputs, keys, List.of(kept.left()), Optional.empty());
    }

    private Keyed join(Join join, List<Keyed> inputs) {
        KeySet left = inputs.get(0).keys();
        KeySet right = inputs.get(1).keys();
        Matched pairs = matched(join.on(), left, right);
        KeyProjection plainest = new KeyProjection(join.project().columns().stream()
                .map(column -> new KeyProjection.Column(column.name(), plainest(column.term(), join.on(), pairs)))
                .toList());
        KeySet keys = projected(join, plainest, left, right, pairs.left(), pairs.right(), pairs.pairs());
        if (!determined(join)) {
            Distinct.check(keys, join.label(), strings, scope);
        }
        return new Keyed(join, inputs, keys, List.of(pairs.left(), pairs.right()), Optional.empty());
    }

    /// Of two columns that are equal in all pairs, the one that is read row by row: two relations whose rows are the
    /// same
    /// are known to be so if their columns are.
    private static KeyTerm plainest(KeyTerm term, KeyMatch on, Matched pairs) {
        if (term instanceof Reference(Side side, String _)) {
            boolean left = side == Side.LEFT;
            boolean plain = (left ? pairs.left() : pairs.right()) instanceof RowMap.Identity;
            boolean otherPlain = (left ? pairs.right() : pairs.left()) instanceof RowMap.Identity;
            if (!plain && otherPlain) {
                for (KeyMatch.Equality equality : on.equalities()) {
                    KeyTerm own = left ? equality.left() : equality.right();
                    KeyTerm other = left ? equality.right() : equality.left();
                    if (own.equals(term) && other instanceof Reference) {
                        return other;
                    }
                }
            }
        }
        return term;
    }

    /// The pairs of a join: the same ones for all joins that compare the same columns.
    private Matched matched(KeyMatch on, KeySet left, KeySet right) {
        List<Column> lefts = new ArrayList<>();
        List<Column> rights = new ArrayList<>();
        boolean columns = on.residual().isTrue();
        for (KeyMatch.Equality equality : on.equalities()) {
            if (equality.left() instanceof Reference(Side _, String one)
                    && equality.right() instanceof Reference(Side _, String other)) {
                lefts.add(left.column(one));
                rights.add(right.column(other));
            } else {
                columns = false;
            }
        }
        if (!columns) {
            return same(Matched.of(on, left, right, strings, scope));
        }
        Compared compared = new Compared(lefts, left.rows(), rights, right.rows());
        Matched before = matches.get(compared);
        if (before == null) {
            before = same(Matched.of(on, left, right, strings, scope));
            matches.put(compared, before);
        }
        return before;
    }

    private Matched same(Matched matched) {
        return new Matched(
                maps.same(matched.left(), matched.pairs()),
                maps.same(matched.right(), matched.pairs()),
                matched.pairs());
    }

    /// Whether the new key tells both tuples of a pair: then no two pairs have one.
    private static boolean determined(Join join) {
        Set<String> lefts = references(join.project(), Side.LEFT);
        Set<String> rights = references(join.project(), Side.RIGHT);
        boolean more = true;
        while (more) {
            lefts = join.left().type().closure(lefts);
            rights = join.right().type().closure(rights);
            more = false;
            for (KeyMatch.Equality equality : join.on().equalities()) {
                if (equality.left() instanceof Reference(Side _, String one)
                        && equality.right() instanceof Reference(Side _, String other)) {
                    more |= lefts.contains(one) && rights.add(other);
                    more |= rights.contains(other) && lefts.add(one);
                }
            }
        }
        return lefts.containsAll(join.left().type().names())
                && rights.containsAll(join.right().type().names());
    }

    private static Set<String> references(KeyProjection project, Side side) {
        Set<String> names = new HashSet<>();
        for (KeyProjection.Column column : project.columns()) {
            if (column.term() instanceof Reference(Side each, String name) && each == side) {
                names.add(name);
            }
        }
        return names;
    }

    private Keyed aggregate(Aggregate aggregate, List<Keyed> inputs) {
        KeySet input = inputs.getFirst().keys();
        List<Column> by = new ArrayList<>();
        for (KeyProjection.Column column : aggregate.groupBy().columns()) {
            by.add(column(column.term(), input, NOTHING, new RowMap.Identity(), new RowMap.Single(), input.rows()));
        }
        Aggregator aggregator = aggregate.aggregator();
        int least = aggregator == Aggregator.VARIANCE || aggregator == Aggregator.DEVIATION ? 2 : 1;
        List<Column> deciding = deciding(aggregate, by);
        Groups.Found found = Groups.of(deciding, input.rows(), least, scope);
        Groups first = found.groups();
        Groups groups =
                new Groups(first.count(), maps.same(first.order(), first.rows()), first.starts(), first.first());
        List<Column> columns = new ArrayList<>();
        for (Column column : by) {
            int place = deciding.indexOf(column);
            columns.add(
                    place >= 0 && !(found.keys().get(place) instanceof Column.Mapped)
                            ? Column.of(found.keys().get(place), groups.count())
                            : maps.through(column, groups.first(), groups.count()));
        }
        KeySet keys = new KeySet(aggregate.type().key(), columns, groups.count());
        return new Keyed(aggregate, inputs, keys, List.of(groups.order()), Optional.of(groups));
    }

    /// The columns that tell groups apart: those that others determine do not.
    private static List<Column> deciding(Aggregate aggregate, List<Column> by) {
        List<KeyProjection.Column> columns = aggregate.groupBy().columns();
        List<Column> deciding = new ArrayList<>();
        Set<String> names = references(aggregate.groupBy(), Side.LEFT);
        for (int index = columns.size() - 1; index >= 0; index--) {
            if (columns.get(index).term() instanceof Reference(Side _, String name)) {
                Set<String> others = new HashSet<>(names);
                others.remove(name);
                if (aggregate.input().type().closure(others).contains(name)) {
                    names = others;
                    continue;
                }
            }
            deciding.addFirst(by.get(index));
        }
        return deciding;
    }

    private Keyed add(Add add, List<Keyed> inputs) {
        KeySet first = inputs.getFirst().keys();
        if (inputs.stream().allMatch(each -> each.keys().sameRows(first))) {
            List<RowMap> own =
                    inputs.stream().map(each -> (RowMap) new RowMap.Identity()).toList();
            return new Keyed(add, inputs, named(add, first), own, Optional.empty());
        }
        Distinct.Union union = Distinct.union(inputs.stream().map(Keyed::keys).toList(), scope);
        int rows = union.keys().rows();
        List<RowMap> sources =
                union.maps().stream().map(map -> maps.same(map, rows)).toList();
        return new Keyed(add, inputs, named(add, union.keys()), sources, Optional.empty());
    }

    private static KeySet named(RelExpr expression, KeySet keys) {
        return new KeySet(expression.type().key(), keys.columns(), keys.rows());
    }

    private KeySet projected(
            RelExpr expression,
            KeyProjection project,
            KeySet left,
            KeySet right,
            RowMap leftMap,
            RowMap rightMap,
            int rows) {
        List<Column> columns = new ArrayList<>();
        for (KeyProjection.Column column : project.columns()) {
            columns.add(column(column.term(), left, right, leftMap, rightMap, rows));
        }
        List<Attribute> attributes = expression.type().key();
        return new KeySet(attributes, columns, rows);
    }

    private Column column(KeyTerm term, KeySet left, KeySet right, RowMap leftMap, RowMap rightMap, int rows) {
        if (term instanceof Reference(Side side, String name)) {
            Column column = side == Side.LEFT ? left.column(name) : right.column(name);
            return maps.through(column, side == Side.LEFT ? leftMap : rightMap, rows);
        }
        // Worked out now, so that keys that cannot be computed are found here.
        TermCode code = TermCode.of(term, left, right, strings);
        Longs values = Longs.unset(scope, rows);
        for (int row = 0; row < rows; row++) {
            values.set(row, code.at(leftMap.at(row), rightMap.at(row)));
        }
        return new Column.Stored(values);
    }

    /// Refuses data that a scan does not expect.
    public static void check(Scan scan, List<Attribute> attributes, Shape shape) {
        if (!attributes.equals(scan.type().key()) || !shape.equals(scan.type().shape())) {
            throw new AlgebraException(
                    "relation.type",
                    "relation " + scan.relation(),
                    "key " + attributes + " with shape " + shape + " was given",
                    "the program reads key " + scan.type().key() + " with shape "
                            + scan.type().shape());
        }
    }
}
