package org.relata.algebra.rewrite;

/// While differentiating a join by one side: the other side meets the gradient and is summed by own key; the join is
/// not
/// made again.
///
/// The kernel's derivative by the own side does not read the own value (a product, a matrix product), and the match
/// fixes
/// the own key given the other one. `org.relata.algebra.autodiff` holds the rule itself.
public record ProductJoin() implements Rewrite {
    /// Its name.
    public static final String NAME = "product-join";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String what() {
        return "the gradient of a product by one side joins the other side with the gradient, not the pairs";
    }

    @Override
    public boolean differentiates() {
        return true;
    }
}
