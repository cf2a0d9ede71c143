package org.relata.learn.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.relata.database.metric.Metric;
import org.relata.learn.tabular.Curves.Group;
import org.relata.learn.tabular.Curves.Point;

class CurvesTest {
    // Scores from the top: 0.9 right, 0.8 wrong, then a tie of one right and one wrong, then wrong.
    private static final double[] LABELS = {0, 1, 0, 1, 0};
    private static final double[] SCORES = {0.8, 0.9, 0.5, 0.5, 0.1};

    @Test
    void rocHasOnePointForEachDistinctScore() {
        assertEquals(
                List.of(
                        new Point(0, 0),
                        new Point(0, 0.5),
                        new Point(1 / 3.0, 0.5),
                        new Point(2 / 3.0, 1),
                        new Point(1, 1)),
                Curves.roc(LABELS, SCORES));
    }

    @Test
    void rocAreaCountsATieOneHalf() {
        // Of six pairs 0.9 wins three, the tied row wins one, draws one and loses one.
        assertEquals(4.5 / 6, area(Curves.roc(LABELS, SCORES)), 1e-12);
    }

    @Test
    void curvesAgreeWithTheMetrics() {
        SplittableRandom random = new SplittableRandom(7);
        double[] labels = new double[3000];
        double[] scores = new double[3000];
        double[][] predictions = new double[3000][1];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = random.nextInt(2);
            scores[i] = random.nextInt(50) + 6 * labels[i];
            predictions[i][0] = scores[i];
        }
        assertEquals(Metric.ROC_AUC.value(labels, predictions), area(Curves.roc(labels, scores)), 1e-12);
        double precision = 0;
        double recall = 0;
        for (Point point : Curves.precisionRecall(labels, scores)) {
            precision += (point.x() - recall) * point.y();
            recall = point.x();
        }
        assertEquals(Metric.AVERAGE_PRECISION.value(labels, predictions), precision, 1e-12);
    }

    @Test
    void precisionRecallMovesTiedRowsTogether() {
        assertEquals(
                List.of(new Point(0.5, 1), new Point(0.5, 0.5), new Point(1, 0.5), new Point(1, 0.4)),
                Curves.precisionRecall(LABELS, SCORES));
    }

    @Test
    void oneClassHasNoCurve() {
        double[] ones = {1, 1};
        double[] zeros = {0, 0};
        double[] scores = {0.2, 0.4};
        assertTrue(Curves.roc(ones, scores).isEmpty());
        assertTrue(Curves.roc(zeros, scores).isEmpty());
        assertTrue(Curves.precisionRecall(zeros, scores).isEmpty());
        assertTrue(Curves.roc(new double[0], new double[0]).isEmpty());
    }

    @Test
    void groupsHoldEqualNumbersAndKeepTiesTogether() {
        double[] predictions = {0.1, 0.2, 0.2, 0.2, 0.8, 0.9};
        double[] labels = {0, 0, 1, 0, 1, 1};
        List<Group> groups = Curves.groups(labels, predictions, 3);
        assertEquals(2, groups.size());
        assertEquals(4, groups.get(0).rows());
        assertEquals(0.175, groups.get(0).meanPrediction(), 1e-12);
        assertEquals(0.25, groups.get(0).meanLabel(), 1e-12);
        assertEquals(2, groups.get(1).rows());
        assertEquals(1, groups.get(1).meanLabel(), 1e-12);
    }

    @Test
    void noRowsMakeNoGroups() {
        assertTrue(Curves.groups(new double[0], new double[0], 10).isEmpty());
    }

    @Test
    void thinningKeepsEndsAndTheShape() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i <= 50_000; i++) {
            points.add(new Point(i / 50_000.0, Math.sqrt(i / 50_000.0)));
        }
        List<Point> thin = Curves.thin(points, 400);
        assertTrue(thin.size() <= 400 && thin.size() > 380, () -> "kept " + thin.size());
        assertEquals(points.getFirst(), thin.getFirst());
        assertEquals(points.getLast(), thin.getLast());
        for (int i = 1; i < thin.size(); i++) {
            Point from = thin.get(i - 1);
            Point to = thin.get(i);
            assertTrue(to.x() >= from.x() && to.x() - from.x() + to.y() - from.y() < 0.01, "a gap at " + from);
        }
        assertEquals(points.subList(0, 5), Curves.thin(points.subList(0, 5), 400));
    }

    private static double area(List<Point> curve) {
        double area = 0;
        for (int i = 1; i < curve.size(); i++) {
            area += (curve.get(i).x() - curve.get(i - 1).x())
                    * (curve.get(i).y() + curve.get(i - 1).y())
                    / 2;
        }
        return area;
    }
}
