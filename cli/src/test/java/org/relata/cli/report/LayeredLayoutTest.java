package org.relata.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.relata.cli.report.LayeredLayout.Edge;

class LayeredLayoutTest {
    @Test
    void childrenStandBelowTheirParents() {
        // 0 <- 1 <- 2, and 3 <- 2: the lone parent moves down to its only child.
        LayeredLayout layout = layout(4, List.of(new Edge(1, 0, 0), new Edge(2, 1, 0), new Edge(2, 3, 1)));
        assertEquals(List.of(0, 1, 2, 1), List.of(layout.row(0), layout.row(1), layout.row(2), layout.row(3)));
    }

    @Test
    void aChainIsAStraightLine() {
        LayeredLayout layout = layout(3, List.of(new Edge(1, 0, 0), new Edge(2, 1, 0)));
        assertEquals(layout.centre(0), layout.centre(1), 1e-9);
        assertEquals(layout.centre(1), layout.centre(2), 1e-9);
    }

    @Test
    void linksGetALaneInEachRowTheyPass() {
        Edge far = new Edge(2, 0, 1);
        LayeredLayout layout = layout(3, List.of(new Edge(1, 0, 0), new Edge(2, 1, 0), far));
        assertEquals(1, layout.lanes(far).size());
        assertEquals(1, layout.lanes(far).getFirst().row());
        assertTrue(Math.abs(layout.lanes(far).getFirst().x() - layout.centre(1)) > 50, "the lane crosses the box");
    }

    @Test
    void boxesOfARowNeverOverlapWhateverTheGraph() {
        for (int seed = 0; seed < 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int boxes = 1 + random.nextInt(40);
            List<Edge> edges = new ArrayList<>();
            for (int i = random.nextInt(80); i > 0; i--) {
                edges.add(new Edge(random.nextInt(boxes), random.nextInt(boxes), i));
            }
            LayeredLayout layout = layout(boxes, edges);
            for (int a = 0; a < boxes; a++) {
                assertTrue(layout.centre(a) >= 49.99 && layout.centre(a) <= layout.width() - 49.99, "outside");
                for (int b = 0; b < a; b++) {
                    if (layout.row(a) == layout.row(b)) {
                        double apart = Math.abs(layout.centre(a) - layout.centre(b));
                        assertTrue(apart >= 100 - 1e-6, "seed " + seed + ": " + a + " and " + b + " are " + apart);
                    }
                }
            }
            for (Edge edge : edges) {
                assertTrue(edge.child() == edge.parent() || layout.row(edge.child()) != layout.row(edge.parent()));
            }
        }
    }

    @Test
    void nothingIsNothing() {
        LayeredLayout layout = layout(0, List.of());
        assertEquals(0, layout.rows());
        assertEquals(0, layout.width());
    }

    private static LayeredLayout layout(int boxes, List<Edge> edges) {
        return new LayeredLayout(boxes, edges, 100, 20, 4, 500);
    }
}
