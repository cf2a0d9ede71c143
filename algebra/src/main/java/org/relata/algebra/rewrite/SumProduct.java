package org.relata.algebra.rewrite;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.relata.algebra.Add;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Aggregator;
import org.relata.algebra.Constant;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Scan;
import org.relata.algebra.Select;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.KeyTerm.Reference;
import org.relata.algebra.key.Side;

/// Neighbouring joins, sums and selections read as one sum of products: Σ over all variables that are not put out, of a
/// product of the values of *factors*, under conditions. Multiplication distributes over sums and joins may be made in any
/// order, so whatever is planned from it has the same value.
///
/// A variable is a key attribute, or several that equalities of plain attributes make one. No projection is read into that
/// is not known to keep keys apart, and no sum whose value is not a factor. What has a second user is read into, but is
/// taken to cost nothing as it is: a plan must be cheaper although that is computed anyway.
final class SumProduct {
    /// Plans look at every set of factors.
    static final int MOST = 7;

    /// Not recursive without bound: programs may be deeper than the stack.
    private static final int DEEPEST = 40;

    /// A joined relation.
    ///
    /// @param variables one for each key attribute
    record Factor(RelExpr relation, List<String> variables) {}

    /// The order in which factors are joined now, with the variables that are in the key after it.
    ///
    /// @param shared whether it has another user, and so costs nothing here
    record Tree(Set<Integer> factors, List<Tree> inputs, Set<String> variables, boolean shared) {}

    private record Part(Kernel kernel, Map<String, KeyTerm> attributes, Tree tree) {}

    private final Uses uses;
    private final boolean counts;
    private final List<Factor> factors = new ArrayList<>();
    private final List<KeyPredicate> conditions = new ArrayList<>();
    private final Map<String, String> same = new HashMap<>();
    private final Map<String, KeyTerm> output;
    private final Kernel kernel;
    private final Tree tree;

    private SumProduct(Uses uses, RelExpr root) {
        this.uses = uses;
        this.counts = root instanceof Aggregate aggregate && aggregate.aggregator() == Aggregator.COUNT;
        Part part = part(root, 0);
        UnaryOperator<KeyTerm> found = reference -> KeyTerm.left(find(((Reference) reference).name()));
        this.output = new LinkedHashMap<>();
        root.type().names().forEach(name -> output.put(
                name, requireNonNull(part.attributes.get(name)).replace(found)));
        this.kernel = counts ? Kernels.constant(1) : KernelGraph.place(part.kernel, found, Map.of());
        factors.replaceAll(factor -> new Factor(
                factor.relation, factor.variables.stream().map(this::find).toList()));
        conditions.replaceAll(condition -> condition.replace(found));
        this.tree = found(part.tree);
    }

    /// The largest sum of products that ends at an expression.
    static Optional<SumProduct> of(RelExpr root, Uses uses) {
        boolean starts = switch (root) {
            case Aggregate aggregate ->
                aggregate.aggregator() == Aggregator.SUM || aggregate.aggregator() == Aggregator.COUNT;
            case Join join -> Keys.injective(join);
            case Scan _, Constant _, Select _, Add _ -> false;
        };
        if (!starts) {
            return Optional.empty();
        }
        SumProduct read = new SumProduct(uses, root);
        return read.factors.size() > 1 ? Optional.of(read) : Optional.empty();
    }

    List<Factor> factors() {
        return factors;
    }

    List<KeyPredicate> conditions() {
        return conditions;
    }

    /// The key of the result over variables.
    KeyProjection output() {
        KeyProjection projection = KeyProjection.nothing();
        for (Map.Entry<String, KeyTerm> each : output.entrySet()) {
            projection = projection.and(each.getKey(), each.getValue());
        }
        return projection;
    }

    /// Its arguments are the factors, its keys variables.
    Kernel kernel() {
        return kernel;
    }

    Tree tree() {
        return tree;
    }

    private Part part(RelExpr expression, int depth) {
        if (depth > DEEPEST || factors.size() >= MOST - 1) {
            return leaf(expression);
        }
        Part part = switch (expression) {
            case Scan _, Constant _, Add _ -> leaf(expression);
            case Select select -> select(select, depth);
            case Aggregate aggregate -> aggregate(aggregate, depth);
            case Join join -> join(join, depth);
        };
        boolean shared = depth > 0 && !uses.once(expression);
        Tree tree = part.tree;
        return new Part(
                part.kernel,
                part.attributes,
                new Tree(tree.factors, tree.inputs, tree.variables, tree.shared || shared));
    }

    private Part leaf(RelExpr expression) {
        int index = factors.size();
        Map<String, KeyTerm> attributes = new LinkedHashMap<>();
        List<String> variables = new ArrayList<>();
        for (String name : expression.type().names()) {
            variables.add(index + "." + name);
            attributes.put(name, KeyTerm.left(variables.getLast()));
        }
        factors.add(new Factor(expression, variables));
        return new Part(
                new Argument(index, expression.type().shape()),
                attributes,
                new Tree(Set.of(index), List.of(), Set.copyOf(variables), false));
    }

    private Part select(Select select, int depth) {
        if (!Keys.injective(select) || !linear(select.kernel(), 0)) {
            return leaf(select);
        }
        Part part = part(select.input(), depth + 1);
        UnaryOperator<KeyTerm> terms = term(part, part);
        conditions(select.where().replace(terms));
        return new Part(
                KernelGraph.place(select.kernel(), terms, Map.of(0, part.kernel)),
                attributes(select.project(), terms),
                keeps(part.tree, attributes(select.project(), terms)));
    }

    private Part aggregate(Aggregate aggregate, int depth) {
        boolean count = depth == 0 && aggregate.aggregator() == Aggregator.COUNT;
        if (aggregate.aggregator() != Aggregator.SUM && !count) {
            return leaf(aggregate);
        }
        // A sum that is counted is one tuple, not its terms.
        if (counts && !count) {
            return leaf(aggregate);
        }
        Part part = part(aggregate.input(), depth + 1);
        Map<String, KeyTerm> attributes = attributes(aggregate.groupBy(), term(part, part));
        return new Part(part.kernel, attributes, keeps(part.tree, attributes));
    }

    private Part join(Join join, int depth) {
        Optional<Product> product = Product.of(join.kernel());
        if (product.isEmpty() || !product.get().separable() || (depth > 0 && !Keys.injective(join))) {
            return leaf(join);
        }
        Part left = product.get().linear(0) ? part(join.left(), depth + 1) : leaf(join.left());
        Part right = product.get().linear(1) ? part(join.right(), depth + 1) : leaf(join.right());
        UnaryOperator<KeyTerm> terms = term(left, right);
        for (KeyMatch.Equality equality : join.on().equalities()) {
            KeyTerm one = equality.left().replace(terms);
            KeyTerm other = equality.right().replace(terms);
            if (one instanceof Reference(Side _, String first) && other instanceof Reference(Side _, String second)) {
                String root = find(first);
                if (!root.equals(find(second))) {
                    same.put(find(second), root);
                }
            } else {
                conditions(KeyPredicate.equal(one, other));
            }
        }
        conditions(join.on().residual().replace(terms));
        Set<Integer> both = new LinkedHashSet<>(left.tree.factors);
        both.addAll(right.tree.factors);
        Map<String, KeyTerm> attributes = attributes(join.project(), terms);
        Tree joined = new Tree(both, List.of(left.tree, right.tree), Set.of(), false);
        return new Part(
                KernelGraph.place(join.kernel(), terms, Map.of(0, left.kernel, 1, right.kernel)),
                attributes,
                keeps(joined, attributes));
    }

    private static boolean linear(Kernel kernel, int argument) {
        return Product.of(kernel)
                .filter(product -> product.separable() && product.linear(argument))
                .isPresent();
    }

    private void conditions(KeyPredicate condition) {
        if (condition instanceof KeyPredicate.And(List<KeyPredicate> parts)) {
            conditions.addAll(parts);
        } else {
            conditions.add(condition);
        }
    }

    private static Tree keeps(Tree tree, Map<String, KeyTerm> attributes) {
        Set<String> variables = new LinkedHashSet<>();
        attributes.values().forEach(term -> Keys.references(term).forEach(each -> variables.add(each.name())));
        return new Tree(tree.factors, tree.inputs, variables, tree.shared);
    }

    private Tree found(Tree tree) {
        Set<String> variables = new LinkedHashSet<>();
        tree.variables.forEach(each -> variables.add(find(each)));
        return new Tree(
                tree.factors, tree.inputs.stream().map(this::found).toList(), variables, tree.shared);
    }

    private static Map<String, KeyTerm> attributes(KeyProjection projection, UnaryOperator<KeyTerm> terms) {
        Map<String, KeyTerm> attributes = new LinkedHashMap<>();
        projection.columns().forEach(column ->
                attributes.put(column.name(), column.term().replace(terms)));
        return attributes;
    }

    private static UnaryOperator<KeyTerm> term(Part left, Part right) {
        return each -> {
            Reference reference = (Reference) each;
            return requireNonNull(
                    (reference.side() == Side.LEFT ? left : right).attributes.get(reference.name()));
        };
    }

    private String find(String variable) {
        String at = variable;
        for (String next = same.get(at); next != null; next = same.get(at)) {
            at = next;
        }
        return at;
    }
}
