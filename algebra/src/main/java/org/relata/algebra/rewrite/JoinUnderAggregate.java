package org.relata.algebra.rewrite;

/// While differentiating: the gradient of a sum stays at the keys of its groups, and what is below the sum looks its
/// group
/// up; no join is made only to repeat it for each member. Selections without a kernel and sums of relations hand it on
/// alike.
///
/// Always right. `org.relata.algebra.autodiff` holds the rule itself.
public record JoinUnderAggregate() implements Rewrite {
    /// Its name.
    public static final String NAME = "join-under-aggregate";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String what() {
        return "the gradient of a sum is looked up by group where it is used, not repeated for each member";
    }

    @Override
    public boolean differentiates() {
        return true;
    }
}
