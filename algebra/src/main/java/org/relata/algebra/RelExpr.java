package org.relata.algebra;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.value.Relation;

/// A query: an expression whose value is a relation. Operators see the tuples that are present, as SQL does; only `Add`
/// takes
/// an absent one for zero.
///
/// Expressions are values and may be used many times over. Compare and walk them through [Sharing], which visits
/// what is shared once.
public sealed interface RelExpr permits Scan, Constant, Select, Aggregate, Join, Add {
    /// Key, value shape, and what is known of the keys.
    RelationType type();

    /// What it is computed from.
    List<RelExpr> inputs();

    /// The same operator on other inputs.
    RelExpr withInputs(List<RelExpr> inputs);

    /// The operator without its inputs, for people.
    String label();

    /// A relation given when the program is run.
    static RelExpr scan(String relation, RelationType type) {
        return new Scan(relation, type, Scan.Role.INPUT);
    }

    /// A relation that is learned.
    static RelExpr parameter(String relation, RelationType type) {
        return new Scan(relation, type, Scan.Role.PARAMETER);
    }

    /// A fixed relation.
    static RelExpr constant(Relation relation) {
        return new Constant(relation);
    }

    /// A kernel of each value.
    default RelExpr map(UnaryOperator<Kernel> kernel) {
        return new Select(
                KeyPredicate.always(),
                KeyProjection.all(type().key()),
                kernel.apply(new Argument(0, type().shape())),
                this);
    }

    /// The tuples whose key satisfies a condition.
    default RelExpr where(KeyPredicate condition) {
        return new Select(condition, KeyProjection.all(type().key()), new Argument(0, type().shape()), this);
    }

    /// The same values under other keys, which must differ.
    default RelExpr project(KeyProjection projection) {
        return new Select(KeyPredicate.always(), projection, new Argument(0, type().shape()), this);
    }

    /// One key attribute renamed.
    default RelExpr rename(String from, String to) {
        return project(new KeyProjection(type().names().stream()
                .map(name -> new KeyProjection.Column(name.equals(from) ? to : name, KeyTerm.left(name)))
                .toList()));
    }

    /// Groups by the named attributes; none gives one tuple with the key ⟨⟩.
    default RelExpr aggregate(Aggregator aggregator, String... by) {
        return new Aggregate(KeyProjection.keep(by), aggregator, this);
    }

    /// Sums by the named attributes.
    default RelExpr sum(String... by) {
        return aggregate(Aggregator.SUM, by);
    }

    /// Means by the named attributes.
    default RelExpr mean(String... by) {
        return aggregate(Aggregator.MEAN, by);
    }

    /// Tuples of this that meet tuples of another; go on with `on`, `keep` and `with`.
    default Joining join(RelExpr right) {
        return new Joining(this, right);
    }

    /// The sum of this and another key by key; a key that is absent on one side counts as zero there.
    default RelExpr add(RelExpr other) {
        return new Add(List.of(this, other));
    }

    /// This minus another, as `add` does it.
    default RelExpr subtract(RelExpr other) {
        return add(other.map(Kernels::negate));
    }

    /// The program as a tree, one operator a line with its type; what is used twice stands once.
    default String explain() {
        return Explain.tree(this);
    }

    /// Several programs as trees, each under its name; what any two use stands once.
    static String explain(Map<String, RelExpr> outputs) {
        return Explain.trees(outputs);
    }
}
