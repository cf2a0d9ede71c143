package org.relata.algebra.key;

import java.util.List;
import org.relata.algebra.key.KeyPredicate.And;
import org.relata.algebra.key.KeyPredicate.Compare;
import org.relata.algebra.key.KeyPredicate.Not;
import org.relata.algebra.key.KeyPredicate.Or;
import org.relata.algebra.key.KeyTerm.Arithmetic;
import org.relata.algebra.key.KeyTerm.Literal;
import org.relata.algebra.key.KeyTerm.Reference;
import org.relata.algebra.value.AlgebraException;

/// How high and how large terms and conditions over keys may be. Whoever walks them does so by recursion, and meets a
/// part as often as it stands there: `k + k` over `k + k` over … doubles with each step.
///
/// What each operator of a program says is small. It grows where operators are merged and where gradients are traced
/// back through many of them, so the bound is here, where terms are made, and not where people write.
final class Bounds {
    /// Operators on top of each other.
    static final int HEIGHT = 1_000;

    /// Operators, references and literals of a term.
    static final int TERM = 10_000;

    /// The same of a condition, which may list many keys.
    static final int PREDICATE = 1_000_000;

    private final int most;
    private int parts;

    private Bounds(int most) {
        this.most = most;
    }

    /// Fails if arithmetic on two terms is too high or too large. They are within the bounds, so that the walk is safe.
    static void check(KeyTerm left, KeyTerm right) {
        Bounds bounds = new Bounds(TERM);
        if (!bounds.fits(left, 1) || !bounds.fits(right, 1)) {
            throw error("key arithmetic", TERM);
        }
    }

    /// Fails if a condition of parts, which are within the bounds, is too high or too large.
    static void check(List<KeyPredicate> parts) {
        Bounds bounds = new Bounds(PREDICATE);
        if (!parts.stream().allMatch(part -> bounds.fits(part, 1))) {
            throw error("condition on keys", PREDICATE);
        }
    }

    private static AlgebraException error(String what, int most) {
        return new AlgebraException(
                "key.deep",
                what,
                "more than " + HEIGHT + " operators are on top of each other, or it has more than " + most + " parts",
                "store such keys in a table");
    }

    private boolean fits(KeyTerm term, int above) {
        return counts(above)
                && switch (term) {
                    case Reference _, Literal _ -> true;
                    case Arithmetic arithmetic ->
                        fits(arithmetic.left(), above + 1) && fits(arithmetic.right(), above + 1);
                };
    }

    private boolean fits(KeyPredicate predicate, int above) {
        return counts(above)
                && switch (predicate) {
                    // The terms are checked, and not counted as height: towers of conditions and of terms each have
                    // their own.
                    case Compare compare -> fits(compare.left(), 0) && fits(compare.right(), 0);
                    case And and -> and.parts().stream().allMatch(part -> fits(part, above + 1));
                    case Or or -> or.parts().stream().allMatch(part -> fits(part, above + 1));
                    case Not not -> fits(not.part(), above + 1);
                };
    }

    private boolean counts(int above) {
        return above <= HEIGHT && ++parts <= most;
    }
}
