package org.relata.algebra;

import java.util.List;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyProjection;

/// ⋈: for each pair of tuples that match, a key projected from both keys with the kernel of both values. Two pairs must
/// not
/// get one key.
///
/// @param type derived from the rest; leave it to the shorter constructor
public record Join(KeyMatch on, KeyProjection project, Kernel kernel, RelExpr left, RelExpr right, RelationType type)
        implements RelExpr {
    /// The operator, checked.
    public Join(KeyMatch on, KeyProjection project, Kernel kernel, RelExpr left, RelExpr right) {
        this(on, project, kernel, left, right, Typing.join(on, project, kernel, left.type(), right.type()));
    }

    @Override
    public List<RelExpr> inputs() {
        return List.of(left, right);
    }

    @Override
    public RelExpr withInputs(List<RelExpr> inputs) {
        return new Join(on, project, kernel, inputs.get(0), inputs.get(1));
    }

    @Override
    public String label() {
        return "join on " + on + " " + project + " " + kernel.text();
    }
}
