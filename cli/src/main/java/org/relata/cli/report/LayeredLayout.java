package org.relata.cli.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Places boxes in rows so that links run upwards and cross little.
///
/// The usual four steps: rows by longest path (a link against the grain of a cycle is turned round), links that span
/// several rows get a narrow place in each row between, rows are ordered by the mean place of their neighbours, and
/// boxes move sideways towards their neighbours as far as their order and gaps allow. Same input, same picture.
final class LayeredLayout {
    /// How wide the place is that a link takes when it passes a row.
    private static final double LANE = 6;

    /// How far links that pass a row stay from each other and from boxes, at most.
    private static final double LANE_GAP = 11;

    private static final int SWEEPS = 12;

    private final double boxWidth;
    private final double gap;
    private final int perRow;
    private final int boxes;
    private final List<List<Integer>> rows = new ArrayList<>();
    private final List<Integer> rowOf = new ArrayList<>();
    private final List<List<Integer>> above = new ArrayList<>();
    private final List<List<Integer>> below = new ArrayList<>();
    private final Map<Edge, List<Integer>> lanes = new HashMap<>();
    private final double room;
    private double[] centre = {};

    /// A link from a child box to a parent box; several between the same two boxes are told apart by their number.
    ///
    /// @param child the index of the box that refers
    /// @param parent the index of the box referred to
    /// @param number which of the child's links it is
    record Edge(int child, int parent, int number) {}

    /// Lays out.
    ///
    /// @param boxes how many boxes there are
    /// @param edges links between them; links from a box to itself do not matter here
    /// @param boxWidth how wide a box is
    /// @param gap how far boxes stay apart
    /// @param perRow how many boxes a row holds at most
    /// @param room how wide the whole may be, unless a row needs more
    LayeredLayout(int boxes, List<Edge> edges, double boxWidth, double gap, int perRow, double room) {
        this.boxes = boxes;
        this.boxWidth = boxWidth;
        this.gap = gap;
        this.perRow = perRow;
        this.room = room;
        List<Edge> links = edges.stream().filter(e -> e.child() != e.parent()).toList();
        fillRows(ranks(links), links);
        addLanes(links);
        order();
        place();
    }

    /// The row of a box, 0 on top.
    int row(int box) {
        return rowOf.get(box);
    }

    /// How many rows there are.
    int rows() {
        return rows.size();
    }

    /// The horizontal centre of a box, at least half a box from 0.
    double centre(int box) {
        return centre[box];
    }

    /// Where the link passes the rows between its two boxes, from the child's side on.
    List<Lane> lanes(Edge edge) {
        List<Lane> passed = new ArrayList<>();
        for (int lane : lanes.getOrDefault(edge, List.of())) {
            passed.add(new Lane(rowOf.get(lane), centre[lane]));
        }
        return passed;
    }

    /// How wide the whole is.
    double width() {
        return rows.stream()
                .filter(row -> !row.isEmpty())
                .mapToDouble(row -> centre[row.getLast()] + width(row.getLast()) / 2)
                .max()
                .orElse(0);
    }

    /// A place that a link takes in a row it passes.
    ///
    /// @param row the row
    /// @param x the horizontal place
    record Lane(int row, double x) {}

    /// Longest paths from boxes without parents; such boxes then move down to just above their nearest child.
    private int[] ranks(List<Edge> links) {
        List<List<Integer>> parents = adjacency(links, false);
        int[] state = new int[boxes];
        int[] rank = new int[boxes];
        for (int box = 0; box < boxes; box++) {
            rank(box, parents, state, rank);
        }
        for (int box = 0; box < boxes; box++) {
            int self = box;
            if (parents.get(box).isEmpty()) {
                rank[box] = links.stream()
                        .filter(e -> e.parent() == self)
                        .mapToInt(e -> rank[e.child()] - 1)
                        .filter(r -> r >= 0)
                        .min()
                        .orElse(Arrays.stream(rank).max().orElse(0));
            }
        }
        return rank;
    }

    private static void rank(int box, List<List<Integer>> parents, int[] state, int[] rank) {
        if (state[box] != 0) {
            return;
        }
        state[box] = 1;
        for (int parent : parents.get(box)) {
            rank(parent, parents, state, rank);
            if (state[parent] == 2) {
                rank[box] = Math.max(rank[box], rank[parent] + 1);
            }
        }
        state[box] = 2;
    }

    private List<List<Integer>> adjacency(List<Edge> links, boolean toChildren) {
        List<List<Integer>> lists = new ArrayList<>();
        for (int box = 0; box < boxes; box++) {
            lists.add(new ArrayList<>());
        }
        for (Edge e : links) {
            lists.get(toChildren ? e.parent() : e.child()).add(toChildren ? e.child() : e.parent());
        }
        return lists;
    }

    /// Ranks become rows; a rank of more boxes than a row holds becomes several, the best connected boxes lowest.
    private void fillRows(int[] rank, List<Edge> links) {
        int[] degree = new int[boxes];
        for (Edge e : links) {
            degree[e.child()]++;
            degree[e.parent()]++;
        }
        rowOf.addAll(Collections.nCopies(boxes, 0));
        int ranks = Arrays.stream(rank).max().orElse(-1) + 1;
        for (int r = 0; r < ranks; r++) {
            int wanted = r;
            List<Integer> members = IntStream.range(0, boxes)
                    .filter(box -> rank[box] == wanted)
                    .boxed()
                    .sorted(Comparator.comparingInt(box -> degree[box]))
                    .toList();
            int parts = (members.size() + perRow - 1) / perRow;
            for (int part = 0; part < parts; part++) {
                List<Integer> row = new ArrayList<>(
                        members.subList(members.size() * part / parts, members.size() * (part + 1) / parts));
                row.sort(Comparator.naturalOrder());
                row.forEach(box -> rowOf.set(box, rows.size()));
                rows.add(row);
            }
        }
    }

    private void addLanes(List<Edge> links) {
        for (int box = 0; box < boxes; box++) {
            above.add(new ArrayList<>());
            below.add(new ArrayList<>());
        }
        for (Edge e : links) {
            int from = rowOf.get(e.child());
            int to = rowOf.get(e.parent());
            int step = Integer.signum(to - from);
            int last = e.child();
            List<Integer> passed = new ArrayList<>();
            for (int row = from + step; step != 0 && row != to; row += step) {
                int lane = rowOf.size();
                rowOf.add(row);
                rows.get(row).add(lane);
                above.add(new ArrayList<>());
                below.add(new ArrayList<>());
                join(last, lane);
                passed.add(lane);
                last = lane;
            }
            join(last, e.parent());
            lanes.put(e, passed);
        }
    }

    private void join(int a, int b) {
        int upper = rowOf.get(a) < rowOf.get(b) ? a : b;
        int lower = upper == a ? b : a;
        below.get(upper).add(lower);
        above.get(lower).add(upper);
    }

    private void order() {
        int[] place = new int[rowOf.size()];
        number(place);
        List<List<Integer>> best = copy();
        int fewest = crossings(place);
        for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
            boolean down = sweep % 2 == 0;
            for (int i = 0; i < rows.size(); i++) {
                int row = down ? i : rows.size() - 1 - i;
                List<List<Integer>> neighbours = down ? above : below;
                double[] mean = new double[rowOf.size()];
                for (int box : rows.get(row)) {
                    mean[box] = neighbours.get(box).stream()
                            .mapToInt(other -> place[other])
                            .average()
                            .orElse(place[box]);
                }
                rows.get(row).sort(Comparator.comparingDouble(box -> mean[box]));
                number(place);
            }
            int crossings = crossings(place);
            if (crossings < fewest) {
                fewest = crossings;
                best = copy();
            }
        }
        rows.clear();
        rows.addAll(best);
    }

    private List<List<Integer>> copy() {
        return rows.stream().map(row -> (List<Integer>) new ArrayList<>(row)).toList();
    }

    private void number(int[] place) {
        for (List<Integer> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                place[row.get(i)] = i;
            }
        }
    }

    private int crossings(int[] place) {
        int crossings = 0;
        for (List<Integer> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                for (int j = i + 1; j < row.size(); j++) {
                    for (int left : below.get(row.get(i))) {
                        for (int right : below.get(row.get(j))) {
                            crossings += place[left] > place[right] ? 1 : 0;
                        }
                    }
                }
            }
        }
        return crossings;
    }

    private void place() {
        centre = new double[rowOf.size()];
        double half = room / 2;
        for (List<Integer> row : rows) {
            double[] offset = offsets(row);
            double needed = offset[row.size() - 1] + (width(row.getFirst()) + width(row.getLast())) / 2;
            half = Math.max(half, needed / 2);
            for (int i = 0; i < row.size(); i++) {
                centre[row.get(i)] = offset[i] + (width(row.getFirst()) - needed) / 2;
            }
        }
        for (int sweep = 0; sweep < SWEEPS * 2; sweep++) {
            for (int i = 0; i < rows.size(); i++) {
                shift(rows.get(sweep % 2 == 0 ? i : rows.size() - 1 - i), half);
            }
        }
        double left = IntStream.range(0, centre.length)
                .mapToDouble(box -> centre[box] - width(box) / 2)
                .min()
                .orElse(0);
        for (int box = 0; box < centre.length; box++) {
            centre[box] -= left;
        }
    }

    /// Moves a row's members as near as possible (in squares) to the mean of their neighbours, keeping order and gaps:
    /// with the gaps taken out this is isotonic regression, solved by pooling neighbours that are out of order, and cut
    /// off
    /// where the room ends.
    private void shift(List<Integer> row, double half) {
        double[] offset = offsets(row);
        double least = width(row.getFirst()) / 2 - half;
        double most = half - width(row.getLast()) / 2 - offset[row.size() - 1];
        double[] mean = new double[row.size()];
        double[] weight = new double[row.size()];
        int[] start = new int[row.size()];
        int pools = 0;
        for (int i = 0; i < row.size(); i++) {
            int box = row.get(i);
            mean[pools] = wish(box) - offset[i];
            // Lanes hold on to being straight more than boxes do to being central.
            weight[pools] = box < boxes ? 1 : 2;
            start[pools] = i;
            pools++;
            while (pools > 1 && mean[pools - 2] > mean[pools - 1]) {
                double sum = weight[pools - 2] + weight[pools - 1];
                mean[pools - 2] = (mean[pools - 2] * weight[pools - 2] + mean[pools - 1] * weight[pools - 1]) / sum;
                weight[pools - 2] = sum;
                pools--;
            }
        }
        for (int pool = 0; pool < pools; pool++) {
            int end = pool + 1 < pools ? start[pool + 1] : row.size();
            for (int i = start[pool]; i < end; i++) {
                centre[row.get(i)] = Math.clamp(mean[pool], Math.min(least, most), Math.max(least, most)) + offset[i];
            }
        }
    }

    /// How far each member's centre is from the first one's at least.
    private double[] offsets(List<Integer> row) {
        double[] offset = new double[row.size()];
        for (int i = 1; i < row.size(); i++) {
            boolean twoBoxes = row.get(i - 1) < boxes && row.get(i) < boxes;
            offset[i] = offset[i - 1]
                    + (width(row.get(i - 1)) + width(row.get(i))) / 2
                    + (twoBoxes ? gap : Math.min(gap, LANE_GAP));
        }
        return offset;
    }

    private double wish(int box) {
        List<Integer> neighbours = new ArrayList<>(above.get(box));
        neighbours.addAll(below.get(box));
        return neighbours.stream().mapToDouble(other -> centre[other]).average().orElse(centre[box]);
    }

    private double width(int box) {
        return box < boxes ? boxWidth : LANE;
    }
}
