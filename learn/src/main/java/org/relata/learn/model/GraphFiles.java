package org.relata.learn.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.relata.algebra.value.Shape;
import org.relata.database.RelataException;
import org.relata.database.Sql;
import org.relata.learn.model.Scratch.Column;

/// Reads a graph from a folder of three tables:
///
/// - `nodes`: the node, then `label` and, if there is a split already, `split`;
/// - `edges`: the two ends of a link, in either direction or both; loops are left out;
/// - `features`: the node, then either one column of integers (the features that it has) and perhaps a number for each,
///   or a column of numbers for each feature.
final class GraphFiles {
    /// The usual split, where files have none: so many nodes of a class, to choose by, and to test.
    private static final int PER_CLASS = 20;

    private static final int VALIDATION = 500;
    private static final int TEST = 1000;

    private final Scratch scratch;
    private final Path folder;
    private final Path nodeFile;

    private GraphFiles(Scratch scratch, Path folder) {
        this.scratch = scratch;
        this.folder = folder;
        this.nodeFile = Scratch.file(folder, "nodes");
    }

    /// The graph in a folder.
    ///
    /// @param seed of the split, where files have none
    static Graph read(Path folder, long seed) {
        try (Scratch scratch = new Scratch()) {
            return new GraphFiles(scratch, folder).graph(seed);
        }
    }

    private Graph graph(long seed) {
        scratch.load("nodes", nodeFile, "");
        scratch.expect("nodes", nodeFile, "label");
        String id = Sql.id(scratch.columns("nodes").getFirst().name());
        scratch.execute("CREATE TEMPORARY TABLE node AS SELECT " + id + " AS name, label, row_number() OVER (ORDER BY "
                + id + ") - 1 AS number FROM nodes");
        int count = scratch.count("SELECT count(*) FROM node");
        if (count == 0 || scratch.count("SELECT count(DISTINCT name) FROM node") != count) {
            throw RelataException.usage(
                    "data.nodes",
                    nodeFile.toString(),
                    count == 0 ? "it is empty" : "a node stands there twice, or one has no name",
                    "give each node one row");
        }
        List<String> names = new ArrayList<>();
        scratch.each("SELECT name FROM node ORDER BY number", (row, _) -> names.add(row.getString(1)));
        List<String> classes = new ArrayList<>();
        scratch.each(
                "SELECT DISTINCT label FROM node WHERE label IS NOT NULL ORDER BY label",
                (row, _) -> classes.add(row.getString(1)));
        int[] labels = new int[count];
        Arrays.fill(labels, -1);
        scratch.each(
                "SELECT number, dense_rank() OVER (ORDER BY label) - 1 FROM node WHERE label IS NOT NULL",
                (row, _) -> labels[row.getInt(1)] = row.getInt(2));
        List<Split> splits = splits(id, labels, classes.size(), seed);
        Rows edges = edges();
        Path file = Scratch.file(folder, "features");
        scratch.load("features", file, "");
        List<Column> columns = scratch.columns("features");
        boolean sparse =
                columns.size() <= 3 && columns.size() >= 2 && columns.get(1).integer();
        known("features", file, columns.getFirst());
        if (sparse) {
            Rows values = sparse(columns, file);
            int features = 1
                    + Arrays.stream(values.keys().lastEntry().getValue()).max().orElse(0);
            return new Graph(names, classes, labels, splits, features, true, edges, values);
        }
        return new Graph(names, classes, labels, splits, columns.size() - 1, false, edges, dense(columns, file, count));
    }

    private List<Split> splits(String id, int[] labels, int classes, long seed) {
        List<Split> splits = new ArrayList<>(Collections.nCopies(labels.length, Split.NONE));
        boolean given = scratch.columns("nodes").stream()
                .anyMatch(column -> column.name().equalsIgnoreCase("split"));
        if (given) {
            scratch.each(
                    "SELECT node.number, nodes.split FROM nodes JOIN node ON nodes." + id + " = node.name"
                            + " WHERE node.label IS NOT NULL AND nodes.split IS NOT NULL",
                    (row, _) -> splits.set(row.getInt(1), Split.named(row.getString(2))));
        } else {
            draw(splits, labels, classes, seed);
        }
        for (Split needed : List.of(Split.TRAIN, Split.TEST)) {
            if (!splits.contains(needed)) {
                throw RelataException.usage(
                        "data.split",
                        nodeFile.toString(),
                        "no node with a label is for " + needed.label(),
                        given ? "write train, val or test into its column split" : "give more nodes labels");
            }
        }
        return splits;
    }

    /// Twenty of each class to learn from, then five hundred to choose by and a thousand to test, at random.
    private static void draw(List<Split> splits, int[] labels, int classes, long seed) {
        int[] order = Rows.shuffled(labels.length, new SplittableRandom(seed));
        int[] taken = new int[classes];
        int rest = 0;
        for (int node : order) {
            if (labels[node] < 0) {
                continue;
            }
            if (taken[labels[node]]++ < PER_CLASS) {
                splits.set(node, Split.TRAIN);
            } else {
                splits.set(
                        node,
                        rest < VALIDATION ? Split.VALIDATION : rest < VALIDATION + TEST ? Split.TEST : Split.NONE);
                rest++;
            }
        }
    }

    private Rows edges() {
        Path file = Scratch.file(folder, "edges");
        scratch.load("edges", file, "");
        List<Column> columns = scratch.columns("edges");
        if (columns.size() < 2) {
            throw RelataException.usage(
                    "data.edges", file.toString(), "it has one column", "give the two ends of each edge");
        }
        known("edges", file, columns.get(0));
        known("edges", file, columns.get(1));
        scratch.execute("""
                CREATE TEMPORARY TABLE link AS
                WITH given AS (
                    SELECT a.number AS a, b.number AS b
                    FROM edges JOIN node a ON edges.%s = a.name JOIN node b ON edges.%s = b.name
                )
                SELECT a, b FROM given UNION SELECT b, a FROM given UNION SELECT number, number FROM node
                """.formatted(
                        Sql.id(columns.get(0).name()), Sql.id(columns.get(1).name())));
        int count = scratch.count("SELECT count(*) FROM link");
        int[] dst = new int[count];
        int[] src = new int[count];
        float[] weights = new float[count];
        scratch.each("""
                WITH degree AS (SELECT a, count(*) AS n FROM link GROUP BY a)
                SELECT link.a, link.b, 1 / sqrt(one.n * other.n)
                FROM link JOIN degree one ON link.a = one.a JOIN degree other ON link.b = other.a
                ORDER BY link.a, link.b
                """, (row, number) -> {
            dst[number] = row.getInt(1);
            src[number] = row.getInt(2);
            weights[number] = row.getFloat(3);
        });
        return Rows.of("dst", dst, "src", src, weights);
    }

    private Rows sparse(List<Column> columns, Path file) {
        String node = "features." + Sql.id(columns.get(0).name());
        String feature = "features." + Sql.id(columns.get(1).name());
        String value = columns.size() == 3 ? "features." + Sql.id(columns.get(2).name()) : "1";
        String rows = " FROM features JOIN node ON " + node + " = node.name WHERE " + feature + " IS NOT NULL";
        int count = scratch.count("SELECT count(*)" + rows);
        if (scratch.count("SELECT count(*) FROM (SELECT DISTINCT node.number, " + feature + rows + ")") != count
                || scratch.count("SELECT count(*)" + rows + " AND " + feature + " < 0") > 0) {
            throw RelataException.usage(
                    "data.features",
                    file.toString(),
                    "a node has a feature twice, or one with a negative number",
                    "number features from 0 and give each node a row for each");
        }
        int[] nodes = new int[count];
        int[] features = new int[count];
        float[] values = new float[count];
        // Each node's features sum to 1.
        scratch.each(
                "SELECT node.number, " + feature + ", coalesce(" + value + " / nullif(sum(" + value
                        + ") OVER (PARTITION BY node.number), 0), 0)" + rows + " ORDER BY 1, 2",
                (row, number) -> {
                    nodes[number] = row.getInt(1);
                    features[number] = row.getInt(2);
                    values[number] = row.getFloat(3);
                });
        return Rows.of("node", nodes, "feature", features, values);
    }

    private Rows dense(List<Column> columns, Path file, int count) {
        List<Column> given = columns.subList(1, columns.size());
        for (Column column : given) {
            if (!column.number()) {
                throw RelataException.usage(
                        "data.features",
                        file + ", column " + column.name(),
                        "it is of type " + column.type(),
                        "give a number for each feature");
            }
        }
        int width = given.size();
        float[] values = new float[Math.multiplyExact(count, width)];
        String list = String.join(
                ", ",
                given.stream()
                        .map(column -> "coalesce(features." + Sql.id(column.name()) + ", 0)")
                        .toList());
        scratch.each(
                "SELECT node.number, " + list + " FROM features JOIN node ON features."
                        + Sql.id(columns.getFirst().name()) + " = node.name",
                (row, _) -> {
                    int start = row.getInt(1) * width;
                    for (int feature = 0; feature < width; feature++) {
                        values[start + feature] = row.getFloat(feature + 2);
                    }
                });
        return Rows.of("id", Rows.upTo(count), Shape.of(width), values);
    }

    /// Fails if a table names a node that is none.
    private void known(String table, Path file, Column column) {
        String name = "t." + Sql.id(column.name());
        scratch.first("SELECT " + name + " FROM " + Sql.id(table) + " t ANTI JOIN node ON " + name
                        + " = node.name LIMIT 1")
                .ifPresent(stranger -> {
                    throw RelataException.usage(
                            "data.node",
                            file + ", column " + column.name(),
                            stranger + " is no node of " + nodeFile.getFileName(),
                            "add it there, or leave such rows out");
                });
    }
}
