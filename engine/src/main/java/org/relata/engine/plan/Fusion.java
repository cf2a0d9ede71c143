package org.relata.engine.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.relata.algebra.Add;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Constant;
import org.relata.algebra.Join;
import org.relata.algebra.Scan;
import org.relata.algebra.Select;
import org.relata.algebra.kernel.Binary;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.kernel.Leaf;
import org.relata.algebra.kernel.Linear;
import org.relata.algebra.kernel.Reduce;
import org.relata.algebra.kernel.Unary;
import org.relata.algebra.kernel.Where;
import org.relata.engine.keys.RowMap;
import org.relata.engine.memory.Precision;
import org.relata.engine.memory.Values;

/// Which operators keep their values in memory. The others are computed where they are read, as part of another
/// operator's
/// region.
///
/// An operator keeps them if it folds rows, if its values are asked for, or if they would otherwise be computed more
/// than once.
final class Fusion {
    /// Operators above one another in one region; more would make its code long.
    private static final int DEEPEST = 64;

    /// Parts of a kernel that is light.
    private static final int LIGHT = 12;

    /// Operations that a machine does while a disk writes and reads a byte.
    private static final long OPERATIONS_A_BYTE = 256;

    private final Set<Keyed> outputs;
    private final Precision precision;
    private final long room;
    private final Map<Keyed, Integer> uses = new HashMap<>();
    private final Set<Keyed> kept = new HashSet<>();

    private Fusion(Set<Keyed> outputs, Precision precision, long room) {
        this.outputs = outputs;
        this.precision = precision;
        this.room = room;
    }

    /// Those that keep their values, of operators of which inputs come first.
    ///
    /// @param room bytes that memory has for values
    static Set<Keyed> kept(List<Keyed> all, Set<Keyed> outputs, Precision precision, long room) {
        Fusion fusion = new Fusion(outputs, precision, room);
        for (Keyed each : all.reversed()) {
            if (fusion.alwaysKept(each)) {
                fusion.kept.add(each);
            }
            // What is computed where it is read reads its own inputs as often as it is read.
            int times = fusion.kept.contains(each) ? 1 : Math.min(2, fusion.uses.getOrDefault(each, 1));
            each.inputs().forEach(input -> fusion.uses.merge(input, times, Integer::sum));
        }
        for (Keyed each : all) {
            for (int index = 0; index < each.inputs().size(); index++) {
                Keyed input = each.inputs().get(index);
                if (repeats(each, input, each.maps().get(index))) {
                    fusion.keep(input);
                }
                each.groups().flatMap(groups -> Runs.brokenBy(input, groups)).ifPresent(fusion.kept::add);
            }
        }
        Map<Keyed, Integer> depths = new HashMap<>();
        for (Keyed each : all) {
            int below = each.inputs().stream()
                    .mapToInt(input -> isLeaf(input) || fusion.kept.contains(input) ? 0 : depths.getOrDefault(input, 0))
                    .max()
                    .orElse(0);
            if (below >= DEEPEST && !isLeaf(each)) {
                fusion.kept.add(each);
            }
            depths.put(each, below + 1);
        }
        return fusion.kept;
    }

    /// Keeps the values of an operator, or those that it only passes on.
    private void keep(Keyed keyed) {
        if (isCheap(keyed)) {
            // A row that is passed on more than once, or is absent, is so below as well.
            keyed.inputs().forEach(this::keep);
        } else {
            kept.add(keyed);
        }
    }

    /// Whether values are given and need not be computed.
    static boolean isLeaf(Keyed keyed) {
        return keyed.expression() instanceof Scan || keyed.expression() instanceof Constant;
    }

    private boolean alwaysKept(Keyed keyed) {
        return switch (keyed.expression()) {
            case Scan _, Constant _ -> false;
            case Aggregate _ -> true;
            case Select _, Join _ ->
                outputs.contains(keyed)
                        || uses.getOrDefault(keyed, 0) > 1
                                && !isCheap(keyed)
                                && !isLight(keyed)
                                && !isSoonerComputed(keyed);
            case Add _ ->
                outputs.contains(keyed)
                        || uses.getOrDefault(keyed, 0) > 1
                        || keyed.maps().stream().anyMatch(map -> !(map instanceof RowMap.Identity));
        };
    }

    /// Whether an operator reads values of its input more than once, or for rows that are absent.
    private static boolean repeats(Keyed user, Keyed input, RowMap map) {
        return switch (map) {
            case RowMap.Identity _ -> false;
            // One row is computed once for all rows.
            case RowMap.Single _ -> false;
            case RowMap.Indexed _ ->
                user.expression() instanceof Add
                        || user.keys().rows() > input.keys().rows();
        };
    }

    /// Whether it only passes on what it reads, or exchanges rows and columns, which products need not do.
    private static boolean isCheap(Keyed keyed) {
        return switch (keyed.expression()) {
            case Scan _, Constant _ -> true;
            case Select select -> passes(select.kernel());
            case Join join -> passes(join.kernel());
            case Aggregate _, Add _ -> false;
        };
    }

    /// Whether it is sooner computed again than read from memory: a few operations on each element.
    private static boolean isLight(Keyed keyed) {
        return switch (keyed.expression()) {
            case Select select -> isLight(select.kernel());
            case Join join -> isLight(join.kernel());
            case Scan _, Constant _, Aggregate _, Add _ -> false;
        };
    }

    /// Whether it is sooner computed again than written to a file, since memory has no room for it.
    private boolean isSoonerComputed(Keyed keyed) {
        long bytes = Values.bytes(precision, keyed.keys().rows(), keyed.width());
        return bytes > room
                && keyed.maps().stream().allMatch(map -> !(map instanceof RowMap.Indexed))
                && operations(keyed) < OPERATIONS_A_BYTE * keyed.width() * precision.bytes();
    }

    /// About how many operations a tuple takes.
    private static long operations(Keyed keyed) {
        return switch (keyed.expression()) {
            case Select select -> operations(select.kernel());
            case Join join -> operations(join.kernel());
            case Scan _, Constant _, Aggregate _, Add _ -> 0;
        };
    }

    private static long operations(Kernel kernel) {
        long operations = 0;
        for (Kernel part : KernelGraph.sorted(kernel)) {
            operations += part instanceof Linear.MatMul product
                    ? 2L
                            * product.left().shape().size()
                            * product.right().shape().size()
                            / Math.max(1, product.right().shape().extent(0))
                    : part.shape().size();
        }
        return operations;
    }

    private static boolean isLight(Kernel kernel) {
        List<Kernel> parts = KernelGraph.sorted(kernel);
        return parts.size() <= LIGHT && parts.stream().allMatch(Fusion::isLightPart);
    }

    private static boolean isLightPart(Kernel part) {
        return switch (part) {
            case Leaf _, Where _, Linear.Reshape _, Linear.Broadcast _, Linear.Slice _, Linear.Concat _ -> true;
            case Unary unary ->
                switch (unary.operation()) {
                    case NEGATE, ABS, SIGN, RELU, SQRT -> true;
                    case EXP, LOG, SIGMOID, TANH, SOFTPLUS -> false;
                };
            case Binary binary -> binary.operation() != Binary.Operation.POWER;
            case Linear _, Reduce _ -> false;
        };
    }

    private static boolean passes(Kernel kernel) {
        return kernel instanceof Leaf.Argument
                || kernel instanceof Linear.Transpose transpose && transpose.input() instanceof Leaf.Argument;
    }
}
