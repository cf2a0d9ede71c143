package org.relata.sql.layout;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Select;
import org.relata.algebra.Sharing;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.kernel.Linear;
import org.relata.algebra.kernel.Reduce;
import org.relata.algebra.value.Shape;

/// Which layout costs less for a program, by a small model in units of one column of one row.
///
/// A row costs as much as [#ROW] columns: it is hashed, matched and grouped whatever it holds. So one row an element
/// costs
/// `rows × elements × (ROW + 1)` for each operator, and one row a tensor `rows × (ROW + elements)`; where a kernel
/// brings
/// elements together, one row an element joins and groups once more. One row a tensor is out where its text would be
/// too
/// long or a table too wide. Sizes that are not known count as [#UNKNOWN] rows.
///
/// @param layout the cheaper one
/// @param scalar the cost of one row an element
/// @param wide the cost of one row a tensor; infinite where it is out
public record LayoutChoice(Layout layout, double scalar, double wide) {
    /// Columns that cost as much as a row: 32-wide sums over neighbours ran about this much faster with one row a
    /// tensor.
    static final double ROW = 16;

    private static final double UNKNOWN = 10_000;
    /// PostgreSQL takes 1,600 columns.
    private static final int MOST_COLUMNS = 1_000;

    private static final int MOST_OPERATIONS = 20_000;

    /// The choice for a program.
    public static LayoutChoice of(Collection<RelExpr> outputs) {
        double scalar = 0;
        double wide = 0;
        long operations = 0;
        boolean tensors = false;
        for (RelExpr each : Sharing.sorted(outputs.toArray(RelExpr[]::new))) {
            int elements = each.type().shape().size();
            tensors |= elements > 1;
            double rows = each.type().facts().size().orElse(each.type().key().isEmpty() ? 1 : UNKNOWN);
            long work = work(each);
            operations += work;
            scalar += rows * (elements * (ROW + 1) + gatherings(each) * ROW);
            wide += rows * (ROW + elements);
            if (elements > MOST_COLUMNS) {
                wide = Double.POSITIVE_INFINITY;
            }
        }
        if (operations > MOST_OPERATIONS) {
            wide = Double.POSITIVE_INFINITY;
        }
        return new LayoutChoice(tensors && wide <= scalar ? Layout.WIDE : Layout.SCALAR, scalar, wide);
    }

    /// The scalar operations of an operator's kernel.
    private static long work(RelExpr expression) {
        return kernels(expression).stream().mapToLong(LayoutChoice::operations).sum();
    }

    private static long operations(Kernel kernel) {
        return kernel instanceof Linear.MatMul(Kernel left, Kernel _, var _)
                ? (long) kernel.shape().size() * left.shape().extent(1)
                : kernel.shape().size();
    }

    /// How many elements meet in an operator's kernel.
    private static long gatherings(RelExpr expression) {
        long gathered = 0;
        for (Kernel each : kernels(expression)) {
            Shape shape = each.shape();
            gathered += switch (each) {
                case Linear.MatMul(Kernel left, Kernel _, var _) ->
                    (long) shape.size() * left.shape().extent(1);
                case Reduce(var _, Kernel input, Shape _) -> input.shape().size();
                case Kernel _ -> 0;
            };
        }
        return gathered;
    }

    private static List<Kernel> kernels(RelExpr expression) {
        return switch (expression) {
            case Select select -> KernelGraph.sorted(select.kernel());
            case Join join -> KernelGraph.sorted(join.kernel());
            case RelExpr _ -> List.of();
        };
    }

    /// One line for people.
    public String explain() {
        return String.format(
                Locale.ROOT,
                "layout %s: cost %s with one row an element, %s with one row a tensor",
                layout.name().toLowerCase(Locale.ROOT),
                units(scalar),
                Double.isInfinite(wide) ? "out of reach" : units(wide));
    }

    private static String units(double cost) {
        return String.format(Locale.ROOT, "%.3g", cost);
    }
}
