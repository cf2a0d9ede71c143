package org.relata.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relata.algebra.Add;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Scan;
import org.relata.algebra.Select;
import org.relata.algebra.kernel.Binary;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.kernel.Leaf;
import org.relata.algebra.kernel.Linear;
import org.relata.algebra.kernel.Unary;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.value.AlgebraException;

/// A relation plus others, which may have few of its keys: what becomes of it is worked out where it stands, on the
/// rows
/// that change.
///
/// @param base the relation
/// @param parts what is added to it
public record Update(Scan base, List<Part> parts) {
    /// Copies.
    public Update {
        parts = List.copyOf(parts);
    }

    /// Something that is added.
    ///
    /// @param expression its tuples
    /// @param scales kernels that only scale values, applied first to last
    public record Part(RelExpr expression, List<Kernel> scales) {
        /// Copies.
        public Part {
            scales = List.copyOf(scales);
        }

        /// What values are multiplied by.
        public double factor(Settings settings) {
            double factor = 1;
            for (Kernel scale : scales) {
                factor *= scaled(scale, settings);
            }
            return factor;
        }
    }

    /// Reads an expression as an update, if it is one.
    public static Optional<Update> of(RelExpr expression) {
        if (!(expression instanceof Add)) {
            return Optional.empty();
        }
        List<Part> parts = new ArrayList<>();
        collect(expression, List.of(), parts);
        List<Part> bases = parts.stream()
                .filter(part -> part.expression instanceof Scan && part.scales.isEmpty())
                .toList();
        if (bases.size() != 1 || !(bases.getFirst().expression instanceof Scan base)) {
            return Optional.empty();
        }
        parts.remove(bases.getFirst());
        return parts.isEmpty() ? Optional.empty() : Optional.of(new Update(base, parts));
    }

    private static void collect(RelExpr expression, List<Kernel> scales, List<Part> parts) {
        if (expression instanceof Add add) {
            add.inputs().forEach(input -> collect(input, scales, parts));
        } else if (expression instanceof Select select && onlyScales(select)) {
            List<Kernel> more = new ArrayList<>(scales);
            more.add(select.kernel());
            collect(select.input(), more, parts);
        } else {
            parts.add(new Part(expression, scales));
        }
    }

    private static boolean onlyScales(Select select) {
        return select.where().isTrue()
                && select.project()
                        .equals(KeyProjection.all(select.input().type().key()))
                && scales(select.kernel());
    }

    private static boolean scales(Kernel kernel) {
        return switch (kernel) {
            case Leaf.Argument _ -> true;
            case Unary unary ->
                unary.operation() == Unary.Operation.NEGATE
                        && scales(unary.inputs().getFirst());
            case Binary binary ->
                binary.operation() == Binary.Operation.MULTIPLY
                        && (scales(binary.left()) && isNumber(binary.right())
                                || isNumber(binary.left()) && scales(binary.right()));
            default -> false;
        };
    }

    private static boolean isNumber(Kernel kernel) {
        return switch (kernel) {
            case Leaf.Hyper _ -> true;
            case Leaf.Constant constant ->
                constant.tensor().isFilledWith(constant.tensor().at(0));
            case Linear.Broadcast broadcast -> isNumber(broadcast.input());
            default -> false;
        };
    }

    private static double scaled(Kernel kernel, Settings settings) {
        return switch (kernel) {
            case Unary unary -> -scaled(unary.inputs().getFirst(), settings);
            case Binary binary -> scaled(binary.left(), settings) * scaled(binary.right(), settings);
            case Linear.Broadcast broadcast -> scaled(broadcast.input(), settings);
            case Leaf.Constant constant -> constant.tensor().at(0);
            case Leaf.Hyper hyper -> {
                Double number = settings.numbers().get(hyper.name());
                if (number == null) {
                    throw new AlgebraException(
                            "hyper.missing", "hyper-parameter " + hyper.name(), "it has no value", "give it one");
                }
                yield number;
            }
            default -> 1;
        };
    }
}
