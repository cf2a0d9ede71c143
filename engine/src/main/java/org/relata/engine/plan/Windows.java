package org.relata.engine.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relata.algebra.Add;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Aggregator;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Scan;
import org.relata.algebra.key.Comparison;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyTerm;
import org.relata.engine.keys.Column;
import org.relata.engine.keys.KeySet;
import org.relata.engine.keys.RowMap;
import org.relata.engine.memory.Precision;
import org.relata.engine.memory.Values;

/// Cuts sums over rows that stand here and there in a relation which memory has no room for: range after range of its
/// keys is brought into memory in one piece, what is read of it is summed up, and the sums are added. So a file is read
/// from end to end a few times, and not a page for each row.
public final class Windows {
    /// Smaller relations stay near whatever becomes of them.
    private static final long LEAST_BYTES = 1 << 20;

    private static final int MOST = 32;

    /// A window has a third of the memory, since keys and what is written want theirs.
    private static final long WINDOWS_A_BUDGET = 3;

    /// A relation is read to the end for each window: fewer rows are sooner looked up.
    private static final int ROWS_A_ROW = 4;

    private final RowMaps maps;
    private final Precision precision;
    private final Map<String, Values> bound;
    private final long budget;
    private final Set<RelExpr> made = Collections.newSetFromMap(new IdentityHashMap<>());

    /// @param bound values of relations, by name
    /// @param budget of memory; how a sum is cut depends on it and not on what is free, so that results do not either
    public Windows(RowMaps maps, Precision precision, Map<String, Values> bound, long budget) {
        this.maps = maps;
        this.precision = precision;
        this.bound = bound;
        this.budget = budget;
    }

    /// The ranges that are to be brought into memory.
    public Set<RelExpr> made() {
        return Collections.unmodifiableSet(made);
    }

    /// What an operator becomes; itself if it is not cut.
    ///
    /// @param expression the operator, on inputs that may have been cut
    public RelExpr cut(Keyed keyed, RelExpr expression) {
        if (!(expression instanceof Aggregate sum)
                || sum.aggregator() != Aggregator.SUM
                || !(sum.input() instanceof Join join)) {
            return expression;
        }
        Keyed joined = keyed.inputs().getFirst();
        for (int side = 0; side < 2; side++) {
            Keyed input = joined.inputs().get(side);
            Optional<Column.Dense> range = range(input.keys());
            RowMap map = maps.composed(
                    keyed.maps().getFirst(),
                    joined.maps().get(side),
                    keyed.groups().orElseThrow().rows());
            if (range.isPresent()
                    && isBeyondMemory(input)
                    && (long) joined.keys().rows() * ROWS_A_ROW >= input.keys().rows()
                    && !maps.isOrdered(map, keyed.groups().orElseThrow().rows())) {
                return cut(sum, join, side, range.get(), bytes(input));
            }
        }
        return expression;
    }

    private RelExpr cut(Aggregate sum, Join join, int side, Column.Dense range, long bytes) {
        int count = Math.clamp(Math.ceilDiv(WINDOWS_A_BUDGET * bytes, Math.max(1, budget)), 2, MOST);
        RelExpr whole = join.inputs().get(side);
        KeyTerm key = KeyTerm.left(whole.type().names().getFirst());
        List<RelExpr> sums = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            RelExpr part = whole.where(KeyPredicate.compare(
                            key, Comparison.AT_LEAST, KeyTerm.literal(bound(range, number, count)))
                    .and(KeyPredicate.compare(key, Comparison.LESS, KeyTerm.literal(bound(range, number + 1, count)))));
            made.add(part);
            RelExpr joined = join.withInputs(side == 0 ? List.of(part, join.right()) : List.of(join.left(), part));
            sums.add(sum.withInputs(List.of(joined)));
        }
        return new Add(sums);
    }

    private static long bound(Column.Dense range, int number, int count) {
        return range.from() + range.count() * number / count;
    }

    /// The range of keys of a relation that has each of them once, in order.
    private static Optional<Column.Dense> range(KeySet keys) {
        return keys.columns().size() == 1
                        && keys.columns().getFirst() instanceof Column.Dense dense
                        && dense.stride() == 1
                        && dense.count() == keys.rows()
                ? Optional.of(dense)
                : Optional.empty();
    }

    private long bytes(Keyed keyed) {
        return Values.bytes(precision, keyed.keys().rows(), keyed.width());
    }

    private boolean isBeyondMemory(Keyed keyed) {
        if (bytes(keyed) < LEAST_BYTES) {
            return false;
        }
        Values values = keyed.expression() instanceof Scan scan ? bound.get(scan.relation()) : null;
        return values == null ? bytes(keyed) > budget / 2 : values.segment().isMapped();
    }
}
