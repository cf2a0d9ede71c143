package org.relata.algebra.rewrite;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.KeyTerm.Reference;
import org.relata.algebra.value.Shape;

/// Ways to join the factors of a sum of products. Sets of factors are the bits of a number. What is needed after a set is
/// joined depends on the set alone, so that the cheapest ways for sets make up the cheapest way for all.
///
/// A value goes along with each set: the product of the numbers that read nothing else, and the part of the core that
/// reads nothing else. A set of which the core has several such parts is not joined by itself.
final class Plan {
    /// The cheapest way to join a set.
    ///
    /// @param left one of the two sets it is made of; the set itself if it is a single factor
    /// @param size how many tuples there are afterwards
    record Way(int left, double size, double cost) {}

    private final SumProduct sum;
    private final Product product;
    private final Costs costs;
    private final boolean early;
    private final Map<Integer, Optional<List<Kernel>>> parts = new HashMap<>();
    private final Map<Integer, Set<String>> kept = new HashMap<>();
    private final Map<Integer, Way> ways = new HashMap<>();
    /// What conditions and numbers read: variables and, for numbers, factors.
    private final Map<Set<String>, Integer> reads = new HashMap<>();


    /// @param early whether a single factor may be summed before it is joined
    private Plan(SumProduct sum, Product product, boolean early) {
        this.sum = sum;
        this.product = product;
        this.costs = new Costs(sum.factors());
        this.early = early;
        for (KeyPredicate condition : sum.conditions()) {
            reads.putIfAbsent(variables(condition), 0);
        }
        for (Kernel number : product.numbers()) {
            Set<String> read = variables(number);
            if (!read.isEmpty()) {
                reads.merge(read, bits(Product.arguments(number)), (one, other) -> one | other);
            }
        }
    }

    /// Plans for a sum of products; empty where its kernel is not a product of the factors one by one.
    static Optional<Plan> of(SumProduct sum, boolean early) {
        return sum.factors().size() > SumProduct.MOST
                ? Optional.empty()
                : Product.of(sum.kernel())
                        .map(product -> new Plan(sum, product, early))
                        .filter(Plan::possible);
    }

    private boolean possible() {
        for (Kernel number : product.numbers()) {
            Set<Integer> read = Product.arguments(number);
            if (read.size() > 1 || !variables(bits(read)).containsAll(variables(number)) && !read.isEmpty()) {
                return false;
            }
        }
        for (int factor = 0; factor < sum.factors().size(); factor++) {
            if (!valid(1 << factor)) {
                return false;
            }
        }
        return product.separable()
                && product.core()
                        .map(core -> KernelGraph.references(core).isEmpty())
                        .orElse(true);
    }

    SumProduct sum() {
        return sum;
    }

    Product product() {
        return product;
    }

    /// All factors.
    int all() {
        return (1 << sum.factors().size()) - 1;
    }

    /// The way that was found for a set.
    Way way(int set) {
        return requireNonNull(ways.get(set));
    }

    /// Finds the cheapest way of all; empty if there is none.
    Optional<Way> cheapest() {
        for (int set = 1; set <= all(); set++) {
            if (Integer.bitCount(set) == 1) {
                ways.put(set, single(set));
            } else if (valid(set)) {
                for (int left = (set - 1) & set; left > 0; left = (left - 1) & set) {
                    if ((left & Integer.lowestOneBit(set)) != 0) {
                        consider(set, left);
                    }
                }
            }
        }
        return Optional.ofNullable(ways.get(all()));
    }

    /// The order that there is, with sums as early as they can be; empty if it joins a set that has no value by itself.
    Optional<Way> asIs() {
        return asIs(sum.tree()) ? Optional.ofNullable(ways.get(all())) : Optional.empty();
    }

    private boolean asIs(SumProduct.Tree tree) {
        int set = bits(tree.factors());
        if (!valid(set)) {
            return false;
        }
        if (tree.inputs().isEmpty()) {
            ways.put(set, single(set));
            return true;
        }
        for (SumProduct.Tree input : tree.inputs()) {
            if (!asIs(input)) {
                return false;
            }
        }
        consider(set, bits(tree.inputs().getFirst().factors()));
        return ways.containsKey(set);
    }

    private Way single(int set) {
        int factor = Integer.numberOfTrailingZeros(set);
        double size = costs.size(factor);
        if (!sums(set)) {
            return new Way(set, size, 0);
        }
        double after = Math.min(size, costs.combinations(kept(set)));
        Shape shape = sum.factors().get(factor).relation().type().shape();
        return new Way(set, after, size * Costs.tuple(shape) + after * Costs.tuple(shape(set)));
    }

    /// Whether a factor is summed before it is joined.
    boolean sums(int set) {
        SumProduct.Factor factor = sum.factors().get(Integer.numberOfTrailingZeros(set));
        Set<String> kept = kept(set);
        Set<String> names = new HashSet<>();
        for (int index = 0; index < factor.variables().size(); index++) {
            if (kept.contains(factor.variables().get(index))) {
                names.add(factor.relation().type().names().get(index));
            }
        }
        return early && !factor.relation().type().determinedBy(names);
    }

    private void consider(int set, int left) {
        Way one = ways.get(left);
        Way other = ways.get(set & ~left);
        if (one == null || other == null) {
            return;
        }
        int right = set & ~left;
        Set<String> shared = new HashSet<>(kept(left));
        shared.retainAll(kept(right));
        double pairs = costs.pairs(one.size, other.size, shared);
        double cost = one.cost + other.cost + joined(set, left, right, one.size, other.size, pairs);
        Way best = ways.get(set);
        if (best == null || cost < best.cost) {
            ways.put(set, new Way(left, Math.min(pairs, costs.combinations(kept(set))), cost));
        }
    }

    private double joined(int set, int left, int right, double lefts, double rights, double pairs) {
        double work = work(set) - work(left) - work(right);
        return lefts * Costs.tuple(shape(left))
                + rights * Costs.tuple(shape(right))
                + pairs * (Costs.tuple(shape(set)) + Math.max(0, work));
    }

    /// What the order that there is costs as it is.
    double present() {
        return present(sum.tree()).cost;
    }

    private Way present(SumProduct.Tree tree) {
        Way way = computed(tree);
        return tree.shared() ? new Way(way.left, way.size, 0) : way;
    }

    private Way computed(SumProduct.Tree tree) {
        int set = bits(tree.factors());
        double most = costs.combinations(tree.variables());
        if (tree.inputs().isEmpty()) {
            int factor = tree.factors().iterator().next();
            double size = costs.size(factor);
            boolean summed = !tree.variables().containsAll(sum.factors().get(factor).variables());
            Shape shape = sum.factors().get(factor).relation().type().shape();
            return summed
                    ? new Way(set, Math.min(size, most), (size + Math.min(size, most)) * Costs.tuple(shape))
                    : new Way(set, size, 0);
        }
        SumProduct.Tree left = tree.inputs().get(0);
        SumProduct.Tree right = tree.inputs().get(1);
        Way one = present(left);
        Way other = present(right);
        Set<String> shared = new HashSet<>(left.variables());
        shared.retainAll(right.variables());
        double pairs = costs.pairs(one.size, other.size, shared);
        return new Way(
                set,
                Math.min(pairs, most),
                one.cost
                        + other.cost
                        + joined(set, bits(left.factors()), bits(right.factors()), one.size, other.size, pairs));
    }

    /// The part of the core that a set carries, if it has one.
    Optional<Kernel> part(int set) {
        return parts(set).flatMap(found -> found.stream().findFirst());
    }

    private boolean valid(int set) {
        return parts(set).filter(found -> found.size() <= 1).isPresent();
    }

    private Optional<List<Kernel>> parts(int set) {
        return parts.computeIfAbsent(set, key -> product.parts(members(key)));
    }

    private Shape shape(int set) {
        return part(set).map(Kernel::shape).orElse(Shape.SCALAR);
    }

    private double work(int set) {
        return part(set).map(Costs::work).orElse(0.0);
    }

    /// The variables of a set.
    Set<String> variables(int set) {
        Set<String> variables = new LinkedHashSet<>();
        members(set).forEach(factor -> variables.addAll(sum.factors().get(factor).variables()));
        return variables;
    }

    /// The variables of a set that are needed after it is joined.
    Set<String> kept(int set) {
        return kept.computeIfAbsent(set, this::needed);
    }

    private Set<String> needed(int set) {
        Set<String> own = variables(set);
        Set<String> needed = variables(all() & ~set);
        sum.output().columns().forEach(column -> needed.addAll(variables(column.term())));
        reads.forEach((read, factors) -> {
            if (!own.containsAll(read) || (factors & ~set) != 0) {
                needed.addAll(read);
            }
        });
        own.retainAll(needed);
        return own;
    }

    static Set<String> variables(Kernel kernel) {
        return names(KernelGraph.references(kernel));
    }

    static Set<String> variables(KeyPredicate predicate) {
        return names(Keys.references(predicate));
    }

    private static Set<String> variables(KeyTerm term) {
        return names(Keys.references(term));
    }

    private static Set<String> names(Set<Reference> references) {
        Set<String> names = new LinkedHashSet<>();
        references.forEach(each -> names.add(each.name()));
        return names;
    }

    static int bits(Set<Integer> members) {
        int bits = 0;
        for (int member : members) {
            bits |= 1 << member;
        }
        return bits;
    }

    static Set<Integer> members(int set) {
        List<Integer> members = new ArrayList<>();
        for (int member = 0; member < Integer.SIZE; member++) {
            if ((set >> member & 1) == 1) {
                members.add(member);
            }
        }
        return new LinkedHashSet<>(members);
    }
}
