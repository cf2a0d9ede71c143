package org.relata.algebra;

import java.util.List;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyProjection;

/// σ: for each tuple whose key satisfies `where`, its projected key with the kernel of its value. Two tuples that are
/// kept must
/// not get one key.
///
/// A kernel that is not 0 at 0 acts on the tuples that are present; absent ones stay absent.
///
/// @param type derived from the rest; leave it to the shorter constructor
public record Select(KeyPredicate where, KeyProjection project, Kernel kernel, RelExpr input, RelationType type)
        implements RelExpr {
    /// The operator, checked.
    public Select(KeyPredicate where, KeyProjection project, Kernel kernel, RelExpr input) {
        this(where, project, kernel, input, Typing.select(where, project, kernel, input.type()));
    }

    @Override
    public List<RelExpr> inputs() {
        return List.of(input);
    }

    @Override
    public RelExpr withInputs(List<RelExpr> inputs) {
        return new Select(where, project, kernel, inputs.getFirst());
    }

    @Override
    public String label() {
        return "select " + project + " " + kernel.text() + (where.isTrue() ? "" : " where " + where);
    }
}
