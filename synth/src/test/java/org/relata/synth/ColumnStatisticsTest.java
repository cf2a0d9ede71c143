package org.relata.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.relata.synth.config.Config;
import org.relata.synth.config.TopParameters;
import org.relata.synth.schema.TablePlan;
import org.relata.synth.table.TableShape;
import org.relata.synth.table.TableShape.ShownColumn;

/// What columns of small databases look like with the reference's quirks, against what was measured on thirty of the
/// reference.
///
/// Columns of one table are much alike, as are the tables of one database, so the bounds are those of as many tables,
/// not of as many columns. More databases with `-Drelata.nightly=true`.
final class ColumnStatisticsTest {
    private static final int DATABASES = Boolean.getBoolean("relata.nightly") ? 300 : 10;
    /// The tables of the reference's thirty databases.
    private static final double TABLES = 97;

    private static final List<Double> TRUE_SHARES = new ArrayList<>();
    private static final List<Double> MAGNITUDES = new ArrayList<>();
    private static final List<Double> MISSING_SHARES = new ArrayList<>();
    private static int tables;
    private static int declared;
    private static int constant;

    @BeforeAll
    static void draw() {
        Config config = Collected.small(Config.defaults())
                .set(TopParameters.PARITY, true)
                .build();
        for (long seed = 0; seed < DATABASES; seed++) {
            SyntheticDataset dataset = SyntheticDataset.of(seed, config);
            Collected all = Collected.of(dataset, 1);
            tables += all.shapes.size();
            declared += dataset.plan().tables().stream()
                    .map(TablePlan::columns)
                    .mapToInt(List::size)
                    .sum();
            for (TableShape table : all.shapes.values()) {
                for (ShownColumn column : table.columns()) {
                    note(column, all.column(table.name(), column.name()));
                }
            }
        }
    }

    private static void note(ShownColumn column, List<String> cells) {
        if (column.type() == TableShape.Type.FLAG) {
            TRUE_SHARES.add(cells.stream().filter("true"::equals).count() / (double) cells.size());
        } else if (column.type() == TableShape.Type.REAL) {
            List<Double> values = cells.stream()
                    .filter(c -> !c.isEmpty())
                    .map(Double::parseDouble)
                    .toList();
            Set<Double> different = new HashSet<>(values);
            constant += different.size() == 1 ? 1 : 0;
            assertTrue(values.stream().allMatch(Double::isFinite));
            MAGNITUDES.add(values.stream().mapToDouble(Math::abs).max().orElseThrow());
            MISSING_SHARES.add(1 - values.size() / (double) cells.size());
        }
    }

    /// The bound of Kolmogorov and Smirnov at 0.001 for two samples.
    private static double bound() {
        return 1.95 * Math.sqrt(1 / TABLES + 1.0 / tables);
    }

    @Test
    void asManyColumnsAreDroppedAsConstant() {
        double dropped = 1 - (TRUE_SHARES.size() + MAGNITUDES.size()) / (double) declared;
        assertEquals(0.207, dropped, share(0.207), ColumnStatisticsTest::figures);
    }

    @Test
    void asManyRealColumnsAreConstant() {
        assertEquals(0.047, constant / (double) MAGNITUDES.size(), share(0.047), ColumnStatisticsTest::figures);
    }

    /// How far apart two shares of as many tables may be.
    private static double share(double of) {
        return 3.3 * Math.sqrt(of * (1 - of) * (1 / TABLES + 1.0 / tables));
    }

    @Test
    void sharesOfTrueAgree() {
        agree(TRUE_SHARES, 0.21, 0.65, 0.83, 0.93, 0.98);
    }

    @Test
    void magnitudesAgree() {
        agree(MAGNITUDES, 0.002, 0.81, 1.1, 2.7, 27);
    }

    @Test
    void sharesOfMissingCellsAgree() {
        assertTrue(MISSING_SHARES.stream().allMatch(s -> s <= 0.1));
        quantile(MISSING_SHARES, 0.5, 0.047);
        quantile(MISSING_SHARES, 0.95, 0.088);
    }

    private static void agree(List<Double> own, double... reference) {
        double[] shares = {0.05, 0.25, 0.5, 0.75, 0.95};
        for (int i = 0; i < shares.length; i++) {
            quantile(own, shares[i], reference[i]);
        }
    }

    /// Whether a value can be the quantile: enough lies below or at it, and not too much below.
    private static void quantile(List<Double> own, double share, double value) {
        double below = own.stream().filter(v -> v < value).count() / (double) own.size();
        double upTo = own.stream().filter(v -> v <= value).count() / (double) own.size();
        assertTrue(
                below <= share + bound() && upTo >= share - bound(),
                share + ": " + value + " has " + below + " below and " + upTo + " up to it, bound " + bound());
    }

    /// The figures themselves.
    private static String figures() {
        return tables + " tables, " + declared + " columns declared, " + TRUE_SHARES.size() + " true or false, "
                + MAGNITUDES.size() + " real, " + constant + " of them constant; true " + quantiles(TRUE_SHARES)
                + ", magnitudes " + quantiles(MAGNITUDES) + ", missing " + quantiles(MISSING_SHARES);
    }

    private static List<Double> quantiles(List<Double> of) {
        List<Double> sorted = of.stream().sorted().toList();
        List<Double> quantiles = new ArrayList<>();
        for (double share : new double[] {0, 0.05, 0.25, 0.5, 0.75, 0.95, 1}) {
            quantiles.add(sorted.get((int) Math.round(share * (sorted.size() - 1))));
        }
        return quantiles;
    }
}
