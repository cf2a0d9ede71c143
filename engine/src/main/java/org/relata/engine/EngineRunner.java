package org.relata.engine;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Scan;
import org.relata.algebra.Sharing;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.run.Program;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.engine.keys.Column;
import org.relata.engine.keys.KeySet;
import org.relata.engine.keys.Strings;
import org.relata.engine.lanes.AnyLanes;
import org.relata.engine.lanes.Lanes;
import org.relata.engine.memory.Longs;
import org.relata.engine.memory.Memory;
import org.relata.engine.memory.Use;
import org.relata.engine.memory.Values;
import org.relata.engine.plan.Arranging;
import org.relata.engine.plan.Changes;
import org.relata.engine.plan.Loading;
import org.relata.engine.run.Limits;
import org.relata.engine.run.Pool;
import org.relata.engine.run.RegionRunner;

/// Runs programs in process. Keys are worked out once for the relations that are bound; values then flow along, as
/// often
/// as a program is run.
public final class EngineRunner implements Runner {
    private final EngineOptions options;
    private final Memory memory;
    private final Pool pool;
    private final Strings strings = new Strings();
    private final RegionRunner<?> regions;
    private final Map<String, Bound> relations = new HashMap<>();
    private final Set<EngineProgram> programs = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<String, Range> ranges = new HashMap<>();
    private final Map<String, Restricted> restricted = new HashMap<>();
    /// How relations are going to be read to which other data will be bound.
    private final Map<String, Arranging> expected = new HashMap<>();

    private long versions;
    private Optional<Limits> limits = Optional.empty();

    private record Range(String attribute, long from, long to) {}

    /// A part of a relation, and of what it is one.
    private record Restricted(Range range, long version, Bound part) {}

    /// A runner with the given options.
    public EngineRunner(EngineOptions options) {
        this.options = options;
        this.memory = new Memory(options.memoryBytes(), options.spillFolder());
        this.pool = new Pool(options.threads());
        this.regions = AnyLanes.with(options.precision(), new AnyLanes.Use<RegionRunner<?>>() {
            @Override
            public <A> RegionRunner<?> apply(Lanes<A> lanes) {
                return new RegionRunner<>(lanes, pool, strings, options.fusing());
            }
        });
    }

    @Override
    public String name() {
        return "engine";
    }

    /// What the machine reaches, measured when it is first asked for.
    Limits limits() {
        Limits known = limits.orElseGet(() -> regions.limits(memory));
        limits = Optional.of(known);
        return known;
    }

    /// What is held, and was held at most.
    public Memory memory() {
        return memory;
    }

    @Override
    public void bind(String relation, Relation data) {
        programs.forEach(program -> program.forget(relation));
        replace(relation, data);
    }

    /// Gives a relation other keys and values.
    void replace(String relation, Relation data) {
        Memory.Scope scope = memory.scope();
        KeySet keys = Loading.keys(data, strings, scope);
        put(
                relation,
                new Bound(keys, data.shape(), Loading.values(data, options.precision(), scope), ++versions, scope));
    }

    /// Binds a relation whose keys are the integers from `from` on, one for each row of a matrix.
    ///
    /// @param rows fills in the values
    public void bindDense(String relation, String attribute, long from, int count, Shape shape, Filling rows) {
        bound(relation, count, shape, (scope, values) -> {
            rows.fill(values);
            return new KeySet(List.of(Attribute.integer(attribute)), List.of(new Column.Dense(from, count, 1)), count);
        });
    }

    /// Binds a relation with integer keys that are given column by column.
    ///
    /// @param keys for each attribute, the value of each row; no two rows may agree in all
    public void bindColumns(String relation, Map<String, Keys> keys, int count, Shape shape, Filling rows) {
        bindBulk(relation, List.copyOf(keys.keySet()), count, shape, (columns, values) -> {
            int column = 0;
            for (Keys source : keys.values()) {
                Longs numbers = columns.get(column++);
                for (int row = 0; row < count; row++) {
                    numbers.set(row, source.at(row));
                }
            }
            rows.fill(values);
        });
    }

    /// Binds a relation with integer keys that come together with the values, in whatever order.
    ///
    /// @param keys the attributes
    /// @param rows fills in all keys, of which no two rows may agree in all, and values
    public void bindBulk(String relation, List<String> keys, int count, Shape shape, BulkFilling rows) {
        bound(relation, count, shape, (scope, values) -> {
            List<Longs> columns = new ArrayList<>();
            keys.forEach(_ -> columns.add(Longs.unset(scope, count)));
            rows.fill(List.copyOf(columns), values);
            return new KeySet(
                    keys.stream().map(Attribute::integer).toList(),
                    columns.stream()
                            .map(numbers -> Column.of(new Column.Stored(numbers), count))
                            .toList(),
                    count);
        });
    }

    /// Binds a relation with the keys of another one, and zeros.
    public void bindZeros(String relation, String like) {
        Bound base = bound(like);
        bound(
                relation,
                base.keys().rows(),
                base.shape(),
                (scope, _) -> base.keys().copied(scope));
    }

    /// Binds a relation with the keys and values of another one.
    public void bindCopy(String relation, String of) {
        Bound base = bound(of);
        bound(relation, base.keys().rows(), base.shape(), (scope, values) -> {
            MemorySegment from = base.values().segment();
            MemorySegment.copy(from, 0, values.segment(), 0, from.byteSize());
            return base.keys().copied(scope);
        });
    }

    /// Fills a relation; what was bound before stays, and nothing of the new one, if that fails.
    private void bound(String relation, int count, Shape shape, Making making) {
        programs.forEach(program -> program.forget(relation));
        Memory.Scope scope = memory.scope();
        try {
            Values values = Values.of(scope, options.precision(), count, shape.size());
            KeySet keys = making.keys(scope, values);
            put(relation, new Bound(keys, shape, values, ++versions, scope));
        } catch (RuntimeException | Error e) {
            scope.close();
            throw e;
        }
        Arranging arranging = expected.get(relation);
        if (arranging != null) {
            arrange(relation, arranging);
        }
    }

    /// Fills in values and gives the keys that go with them.
    @FunctionalInterface
    private interface Making {
        KeySet keys(Memory.Scope scope, Values values);
    }

    /// Writes the values of a relation.
    @FunctionalInterface
    public interface Filling {
        /// Into memory that holds zeros.
        void fill(Values values);
    }

    /// Writes the keys and the values of a relation.
    @FunctionalInterface
    public interface BulkFilling {
        /// Keys may be anything before, values are zeros.
        ///
        /// @param keys a column for each attribute
        void fill(List<Longs> keys, Values values);
    }

    /// Values of a key attribute.
    @FunctionalInterface
    public interface Keys {
        /// In a row.
        long at(int row);
    }

    /// Says how rows of a relation are going to be read: in order, if nothing is said.
    public void expect(String relation, Use use) {
        bound(relation).values().expect(use);
    }

    /// The shape of a relation's values.
    public Shape shape(String relation) {
        return bound(relation).shape();
    }

    /// Looks at a relation that is bound.
    public <T> T look(String relation, Look<T> look) {
        Bound bound = bound(relation);
        return look.at(bound.keys(), bound.values());
    }

    /// Looks at what a program of this runner computed last.
    public <T> T look(Program program, String output, Look<T> look) {
        if (program instanceof EngineProgram mine) {
            return mine.look(output, look);
        }
        throw new IllegalArgumentException("a program of another runner");
    }

    private void put(String relation, Bound bound) {
        programs.forEach(program -> program.settle(relation, false));
        Bound before = relations.put(relation, bound.sealed(relation));
        if (before != null) {
            before.scope().close();
        }
    }

    @Override
    public Relation read(String relation) {
        Bound bound = bound(relation);
        return Loading.relation(bound.keys(), bound.values(), bound.shape(), strings);
    }

    /// A relation as it was bound.
    Bound bound(String relation) {
        Bound bound = relations.get(relation);
        if (bound == null) {
            throw new AlgebraException("relation.missing", "relation " + relation, "it was not given", "bind it");
        }
        return bound;
    }

    /// A relation as programs see it now.
    Bound visible(String relation) {
        Bound bound = bound(relation);
        Range range = ranges.get(relation);
        if (range == null) {
            return bound;
        }
        Restricted before = restricted.get(relation);
        if (before != null && before.range.equals(range) && before.version == bound.version()) {
            return before.part;
        }
        Bound part = bound.part(range.attribute, range.from, range.to, ++versions, memory.scope());
        Restricted now = new Restricted(range, bound.version(), part);
        restricted.put(relation, now);
        if (before != null) {
            before.part.scope().close();
        }
        return now.part;
    }

    @Override
    public void expect(Map<String, RelExpr> outputs, Set<String> varying) {
        Arranging arranging = Arranging.of(
                outputs, name -> Optional.ofNullable(relations.get(name)).map(Bound::keys), options.precision());
        outputs.values().stream()
                .flatMap(output -> Sharing.sorted(output).stream())
                .filter(Scan.class::isInstance)
                .map(scan -> ((Scan) scan).relation())
                .distinct()
                .forEach(name -> {
                    if (varying.contains(name)) {
                        expected.put(name, arranging);
                    } else if (relations.containsKey(name)) {
                        arrange(name, arranging);
                    }
                });
    }

    /// Puts the rows of a relation into an order that helps.
    private void arrange(String relation, Arranging arranging) {
        if (!isRestricted(relation)) {
            arranging
                    .best(relation)
                    .flatMap(attribute -> bound(relation).arranged(attribute, ++versions, memory.scope()))
                    .ifPresent(other -> put(relation, other));
        }
    }

    @Override
    public Program compile(Map<String, RelExpr> outputs) {
        EngineProgram program = new EngineProgram(this, new LinkedHashMap<>(outputs));
        programs.add(program);
        return program;
    }

    /// A program is not run any more.
    void closed(EngineProgram program) {
        programs.remove(program);
    }

    @Override
    public List<Long> cuts(String relation, String attribute, long tuples) {
        Bound bound = bound(relation);
        Column column = integers(relation, bound, attribute);
        TreeMap<Long, Long> counts = new TreeMap<>();
        for (int row = 0; row < bound.keys().rows(); row++) {
            counts.merge(column.at(row), 1L, Long::sum);
        }
        return Runner.cuts(counts, tuples);
    }

    private static Column integers(String relation, Bound bound, String attribute) {
        if (!bound.keys().attributes().contains(Attribute.integer(attribute))) {
            throw new AlgebraException(
                    "key.unknown",
                    "relation " + relation,
                    "no integer key attribute \"" + attribute + "\"",
                    "there are " + bound.keys().attributes());
        }
        return bound.keys().column(attribute);
    }

    @Override
    public void restrict(String relation, String attribute, long from, long to) {
        integers(relation, bound(relation), attribute);
        ranges.put(relation, new Range(attribute, from, to));
    }

    @Override
    public void unrestrict(String relation) {
        ranges.remove(relation);
    }

    /// Whether programs see a part of a relation only.
    boolean isRestricted(String relation) {
        return ranges.containsKey(relation);
    }

    /// Adds to a relation where it stands.
    void change(Changes changes, Settings settings) {
        String relation = changes.update().base().relation();
        programs.forEach(program -> program.settle(relation, true));
        Bound before = bound(relation);
        add(changes, settings, before.values());
        relations.put(relation, new Bound(before.keys(), before.shape(), before.values(), ++versions, before.scope()));
    }

    /// What a relation would be after a change.
    Values changed(Changes changes, Settings settings, Memory.Scope scope) {
        Values before = bound(changes.update().base().relation()).values();
        Values copy = Values.unset(scope, options.precision(), before.rows(), before.width());
        MemorySegment.copy(
                before.segment(), 0, copy.segment(), 0, before.segment().byteSize());
        add(changes, settings, copy);
        return copy;
    }

    private void add(Changes changes, Settings settings, Values to) {
        for (int index = 0; index < changes.parts().size(); index++) {
            Changes.Rows rows = changes.parts().get(index);
            double factor = changes.update().parts().get(index).factor(settings);
            regions.add(factor, rows.slot().values(), rows.to(), to);
        }
    }

    /// Makes values of a program those of a relation.
    void keep(String relation, KeySet keys, Shape shape, Values values) {
        Bound before = relations.get(relation);
        if (before != null && before.keys().equalsAll(keys) && before.values().width() == values.width()) {
            programs.forEach(program -> program.settle(relation, true));
            MemorySegment.copy(
                    values.segment(),
                    0,
                    before.values().segment(),
                    0,
                    Math.min(
                            values.segment().byteSize(),
                            before.values().segment().byteSize()));
            relations.put(relation, new Bound(before.keys(), shape, before.values(), ++versions, before.scope()));
            return;
        }
        Memory.Scope scope = memory.scope();
        Values copy = Values.unset(scope, options.precision(), values.rows(), values.width());
        MemorySegment.copy(
                values.segment(), 0, copy.segment(), 0, values.segment().byteSize());
        put(relation, new Bound(keys.copied(scope), shape, copy, ++versions, scope));
    }

    EngineOptions options() {
        return options;
    }

    Strings strings() {
        return strings;
    }

    RegionRunner<?> regions() {
        return regions;
    }

    @Override
    public void close() {
        pool.close();
        restricted.values().forEach(each -> each.part.scope().close());
        restricted.clear();
        relations.values().forEach(each -> each.scope().close());
        relations.clear();
        memory.close();
    }
}
