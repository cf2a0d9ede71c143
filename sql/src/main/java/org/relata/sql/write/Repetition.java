package org.relata.sql.write;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import org.relata.algebra.RelExpr;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.Side;

/// What may be computed more than once, because that costs no more than to keep it.
final class Repetition {
    /// A block with longer values than this is not written twice, and not merged into another.
    private static final int LONG = 400;

    /// An expression that nests deeper than this is computed in steps.
    private static final int DEEP = 400;

    /// How many sums may look rows of a star up again: writing rows down and reading them takes a column store about as
    /// long as to look them up five times, and the memory that they need.
    private static final int READERS = 4;

    /// How many tables such a star may have.
    private static final int TABLES = 5;

    /// What a row of a star may compute.
    private static final int SHORT = 40;

    private Repetition() {}

    /// How much there is to compute; what values share counts once.
    static int length(Block block) {
        return Sql.sorted(block.values()).stream().mapToInt(Sql::weight).sum();
    }

    /// Whether reading its result again costs as much as computing it again.
    static boolean cheap(Block block) {
        long many = block.sources().stream().filter(source -> !source.single()).count();
        return !block.grouped() && (many <= 1 || block.plain() && many <= 2) && length(block) <= LONG;
    }

    /// Whether to look rows up again in each of its readers costs less than to write them down once.
    ///
    /// @param readers sums that read it, and nothing else does; 0 where something else does
    static boolean again(Block block, int readers, Dialect dialect) {
        return dialect.columnar()
                && readers > 0
                && readers <= READERS
                && !block.grouped()
                && block.sources().size() <= TABLES
                && length(block) <= SHORT
                && Lookups.only(block);
    }

    /// Whether an expression nests deeper than databases like to parse, even if what repeats is taken out.
    static boolean deep(Block block) {
        IdentityHashMap<Sql, Integer> depths = new IdentityHashMap<>();
        int deepest = 0;
        for (Sql each : Sql.sorted(block.shown())) {
            int depth = 1
                    + each.arguments().stream()
                            .mapToInt(argument -> requireNonNull(depths.get(argument)))
                            .max()
                            .orElse(0);
            depths.put(each, depth);
            deepest = Math.max(deepest, depth);
        }
        return deepest > DEEP;
    }

    /// Whether a join would compute values of a block more than once, because several tuples of the other side meet one
    /// of its.
    static boolean repeated(Block block, RelExpr other, KeyMatch on, Side otherSide) {
        if (block.plain()) {
            return false;
        }
        Set<String> fixed = new HashSet<>();
        for (KeyMatch.Equality equality : on.equalities()) {
            if ((otherSide == Side.LEFT ? equality.left() : equality.right())
                    instanceof KeyTerm.Reference(Side _, String name)) {
                fixed.add(name);
            }
        }
        return !other.type().determinedBy(fixed);
    }
}
