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
import java.util.function.Consumer;
import java.util.function.Function;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Scan;
import org.relata.algebra.Sharing;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.run.Program;
import org.relata.algebra.run.RowReader;
import org.relata.algebra.run.RowWriter;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.engine.keys.Column;
import org.relata.engine.keys.KeySet;
import org.relata.engine.keys.Strings;
import org.relata.engine.lanes.AnyLanes;
import org.relata.engine.lanes.Lanes;
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
/// often as
/// a program is run.
public final class EngineRunner implements Runner {
    private final EngineOptions options;
    private final Memory memory;
    private final Pool pool;
    private final Strings strings = new Strings();
    private final RegionRunner<?> regions;
    private final Map<String, Bound> relations = new HashMap<>();
    private final Set<EngineProgram> programs = Collections.newSetFromMap(new IdentityHashMap<>());
    /// How relations are going to be read to which other data will be bound.
    private final Map<String, Arranging> expected = new HashMap<>();

    private final Ranges ranges;
    private long versions;
    private Optional<Limits> limits = Optional.empty();

    /// A runner with the given options.
    public EngineRunner(EngineOptions options) {
        this.options = options;
        this.memory = new Memory(options.memoryBytes(), options.spillFolder());
        this.ranges = new Ranges(memory, () -> ++versions);
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
        bound(relation, count, shape, Filled.dense(attribute, from, count, rows));
    }

    /// Binds a relation with integer keys that are given column by column.
    ///
    /// @param keys for each attribute, the value of each row; no two rows may agree in all
    public void bindColumns(String relation, Map<String, Keys> keys, int count, Shape shape, Filling rows) {
        Filled filled = Filled.columns(List.copyOf(keys.keySet()), new ArrayList<>(keys.values()), count, rows);
        bound(relation, count, shape, filled);
    }

    @Override
    public void bindRows(String relation, List<String> keys, int count, Shape shape, Consumer<RowWriter> rows) {
        bound(relation, count, shape, Filled.rows(keys, count, rows));
    }

    @Override
    public void bindRange(String relation, String key, long from, int count, Shape shape, Consumer<RowWriter> rows) {
        bindDense(relation, key, from, count, shape, values -> rows.accept(new Room(List.of(), values)));
    }

    @Override
    public void bindZeros(String relation, String like) {
        Bound base = bound(like);
        bound(relation, base.keys().rows(), base.shape(), Filled.zeros(base));
    }

    @Override
    public void bindCopy(String relation, String of) {
        Bound base = bound(of);
        bound(relation, base.keys().rows(), base.shape(), Filled.copy(base));
    }

    /// Fills a relation; what was bound before stays, and nothing of the new one, if that fails.
    private void bound(String relation, int count, Shape shape, Filled filled) {
        programs.forEach(program -> program.forget(relation));
        Memory.Scope scope = memory.scope();
        try {
            Values values = Values.of(scope, options.precision(), count, shape.size());
            KeySet keys = filled.keys(scope, values);
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

    /// Writes the values of a relation.
    @FunctionalInterface
    public interface Filling {
        /// Into memory that holds zeros.
        void fill(Values values);
    }

    /// Values of a key attribute.
    @FunctionalInterface
    public interface Keys {
        /// In a row.
        long at(int row);
    }

    @Override
    public void advise(String relation, Access access) {
        bound(relation).values().expect(access == Access.SCATTERED ? Use.SCATTERED : Use.ORDERED);
    }

    @Override
    public boolean keepsRows() {
        return true;
    }

    @Override
    public int rows(String relation) {
        return bound(relation).keys().rows();
    }

    @Override
    public Shape shape(String relation) {
        return bound(relation).shape();
    }

    @Override
    public <T> T look(String relation, Function<RowReader, T> look) {
        Bound bound = bound(relation);
        return look.apply(new Rows(bound.keys(), bound.values()));
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
        return ranges.visible(relation, bound(relation));
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
                    if (varying.contains(name) && !outputs.containsKey(name)) {
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
        Column column = Ranges.column(relation, bound, attribute);
        TreeMap<Long, Long> counts = new TreeMap<>();
        for (int row = 0; row < bound.keys().rows(); row++) {
            counts.merge(column.at(row), 1L, Long::sum);
        }
        return Runner.cuts(counts, tuples);
    }

    @Override
    public void restrict(String relation, String attribute, long from, long to) {
        ranges.restrict(relation, bound(relation), attribute, from, to);
    }

    @Override
    public void unrestrict(String relation) {
        ranges.unrestrict(relation);
    }

    /// Whether programs see a part of a relation only.
    boolean isRestricted(String relation) {
        return ranges.restricts(relation);
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
        ranges.close();
        relations.values().forEach(each -> each.scope().close());
        relations.clear();
        memory.close();
    }
}
