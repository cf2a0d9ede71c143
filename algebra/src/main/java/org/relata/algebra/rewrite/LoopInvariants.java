package org.relata.algebra.rewrite;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.relata.algebra.Add;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Constant;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Scan;
import org.relata.algebra.Select;
import org.relata.algebra.Sharing;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Leaf;

/// A program that is run in a loop, in two parts: what is the same in every run, to be computed once, and the rest,
/// which
/// scans it.
///
/// What differs from run to run: parameters, named numbers, random numbers, and relations that the caller names (a
/// batch,
/// say). The largest expressions without any of those are split off, but not what is a scan or a constant anyway, nor
/// one
/// under other names: to keep it costs as much as to compute it.
///
/// @param once what is the same, under names that no scanned relation has
/// @param each the rest, under the names of the outputs
public record LoopInvariants(Map<String, RelExpr> once, Map<String, RelExpr> each) {
    /// Copies.
    public LoopInvariants {
        once = Collections.unmodifiableMap(new LinkedHashMap<>(once));
        each = Collections.unmodifiableMap(new LinkedHashMap<>(each));
    }

    /// Splits programs in which only parameters and numbers differ from run to run.
    public static LoopInvariants of(Map<String, RelExpr> outputs) {
        return of(outputs, Set.of());
    }

    /// Splits programs.
    ///
    /// @param varying names of relations that differ from run to run, besides parameters
    public static LoopInvariants of(Map<String, RelExpr> outputs, Set<String> varying) {
        Sharing sharing = new Sharing();
        RelExpr[] shared = outputs.values().stream().map(sharing::share).toArray(RelExpr[]::new);
        List<RelExpr> order = Sharing.sorted(shared);
        Set<RelExpr> varies = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<String> taken = new HashSet<>();
        for (RelExpr each : order) {
            if (each.inputs().stream().anyMatch(varies::contains) || varies(each, varying)) {
                varies.add(each);
            }
            if (each instanceof Scan scan) {
                taken.add(scan.relation());
            }
        }
        Set<RelExpr> needed = Collections.newSetFromMap(new IdentityHashMap<>());
        needed.addAll(List.of(shared));
        for (RelExpr each : order) {
            if (varies.contains(each)) {
                needed.addAll(each.inputs());
            }
        }
        Map<String, RelExpr> once = new LinkedHashMap<>();
        IdentityHashMap<RelExpr, RelExpr> made = new IdentityHashMap<>();
        for (RelExpr each : order) {
            if (!varies.contains(each)) {
                made.put(each, needed.contains(each) && costs(each) ? kept(each, taken, once) : each);
            } else {
                made.put(
                        each,
                        each.withInputs(each.inputs().stream().map(made::get).toList()));
            }
        }
        Map<String, RelExpr> rest = new LinkedHashMap<>();
        outputs.forEach((name, output) -> rest.put(name, requireNonNull(made.get(sharing.share(output)))));
        return new LoopInvariants(once, rest);
    }

    private static RelExpr kept(RelExpr expression, Set<String> taken, Map<String, RelExpr> once) {
        int number = once.size() + 1;
        String name = "once_" + number;
        while (!taken.add(name)) {
            name += "_";
        }
        once.put(name, expression);
        return RelExpr.scan(name, expression.type());
    }

    private static boolean varies(RelExpr expression, Set<String> varying) {
        return switch (expression) {
            case Scan scan -> scan.role() == Scan.Role.PARAMETER || varying.contains(scan.relation());
            case Constant _, Aggregate _, Add _ -> false;
            case Select select -> varies(select.kernel());
            case Join join -> varies(join.kernel());
        };
    }

    private static boolean varies(Kernel kernel) {
        return kernel.reads(leaf -> leaf instanceof Leaf.Hyper || leaf instanceof Leaf.Random);
    }

    private static boolean costs(RelExpr expression) {
        return switch (expression) {
            case Scan _, Constant _ -> false;
            case Select select ->
                !select.where().isTrue() || !(select.kernel() instanceof Leaf.Argument) || costs(select.input());
            case Aggregate _, Join _, Add _ -> true;
        };
    }
}
