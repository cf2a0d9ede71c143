package org.relata.learn.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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
    /// Whether nodes are called 0, 1, 2, … already, so that nothing has to be looked up.
    private boolean numbered;

    private int nodes;

    private GraphFiles(Scratch scratch, Path folder) {
        this.scratch = scratch;
        this.folder = folder;
        this.nodeFile = Scratch.file(folder, "nodes");
    }

    /// The graph in a folder.
    ///
    /// @param scratch is needed as long as the graph is
    /// @param seed of the split, where files have none
    static Graph read(Scratch scratch, Path folder, long seed) {
        return new GraphFiles(scratch, folder).graph(seed);
    }

    private Graph graph(long seed) {
        scratch.load("nodes", nodeFile, "");
        scratch.expect("nodes", nodeFile, "label");
        String id = Sql.id(scratch.columns("nodes").getFirst().name());
        String split = scratch.columns("nodes").stream()
                        .anyMatch(column -> column.name().equalsIgnoreCase("split"))
                ? "split"
                : "NULL";
        scratch.execute("""
                CREATE TEMPORARY TABLE node AS
                SELECT name, label, split, CAST(row_number() OVER () - 1 AS INTEGER) AS number
                FROM (SELECT %s AS name, label, %s AS split FROM nodes ORDER BY name)
                """.formatted(id, split));
        int count = scratch.count("SELECT count(*) FROM node");
        boolean twice = scratch.first("SELECT 'twice' FROM (SELECT name, lag(name) OVER () AS before FROM node)"
                        + " WHERE name IS NULL OR name = before LIMIT 1")
                .isPresent();
        if (count == 0 || twice) {
            throw RelataException.usage(
                    "data.nodes",
                    nodeFile.toString(),
                    count == 0 ? "it is empty" : "a node stands there twice, or one has no name",
                    "give each node one row");
        }
        nodes = count;
        numbered = scratch.columns("nodes").getFirst().integer()
                && scratch.count("SELECT count(*) FROM node WHERE name = number") == count;
        String names = scratch.first("SELECT bit_xor(hash(number || ' ' || name)) FROM node")
                .orElse("");
        scratch.execute("""
                CREATE TEMPORARY TABLE class AS
                SELECT label, CAST(row_number() OVER () - 1 AS INTEGER) AS number
                FROM (SELECT DISTINCT label FROM node WHERE label IS NOT NULL ORDER BY label)
                """);
        List<String> classes = new ArrayList<>();
        scratch.each("SELECT label FROM class ORDER BY number", (row, _) -> classes.add(row.getString(1)));
        int[] labels = new int[count];
        Arrays.fill(labels, -1);
        scratch.each(
                "SELECT node.number, class.number FROM node JOIN class ON node.label = class.label",
                (row, _) -> labels[row.getInt(1)] = row.getInt(2));
        byte[] splits = splits(!split.equals("NULL"), labels, classes.size(), seed);
        RowSource edges = edges();
        Path file = Scratch.file(folder, "features");
        scratch.load("features", file, "");
        List<Column> columns = scratch.columns("features");
        boolean sparse =
                columns.size() <= 3 && columns.size() >= 2 && columns.get(1).integer();
        known("features", file, columns.getFirst());
        if (sparse) {
            RowSource values = sparse(columns, file);
            int features = 1
                    + scratch.count(
                            "SELECT coalesce(max(" + Sql.id(columns.get(1).name()) + "), 0) FROM features");
            return new Graph(count, names, classes, labels, splits, features, true, edges, values);
        }
        RowSource values = dense(columns, file, count);
        return new Graph(count, names, classes, labels, splits, columns.size() - 1, false, edges, values);
    }

    private byte[] splits(boolean given, int[] labels, int classes, long seed) {
        byte[] splits = new byte[labels.length];
        Arrays.fill(splits, (byte) Split.NONE.ordinal());
        if (given) {
            scratch.each(
                    "SELECT number, split FROM node WHERE label IS NOT NULL AND split IS NOT NULL",
                    (row, _) -> splits[row.getInt(1)] =
                            (byte) Split.named(row.getString(2)).ordinal());
        } else {
            draw(splits, labels, classes, seed);
        }
        for (Split needed : List.of(Split.TRAIN, Split.TEST)) {
            if (IntStream.range(0, splits.length).noneMatch(node -> splits[node] == needed.ordinal())) {
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
    private static void draw(byte[] splits, int[] labels, int classes, long seed) {
        int[] order = Rows.shuffled(labels.length, new SplittableRandom(seed));
        int[] taken = new int[classes];
        int rest = 0;
        for (int node : order) {
            if (labels[node] < 0) {
                continue;
            }
            Split split = taken[labels[node]]++ < PER_CLASS
                    ? Split.TRAIN
                    : rest++ < VALIDATION ? Split.VALIDATION : rest <= VALIDATION + TEST ? Split.TEST : Split.NONE;
            splits[node] = (byte) split.ordinal();
        }
    }

    private RowSource edges() {
        Path file = Scratch.file(folder, "edges");
        scratch.load("edges", file, "");
        List<Column> columns = scratch.columns("edges");
        if (columns.size() < 2) {
            throw RelataException.usage(
                    "data.edges", file.toString(), "it has one column", "give the two ends of each edge");
        }
        known("edges", file, columns.get(0));
        known("edges", file, columns.get(1));
        String a = Sql.id(columns.get(0).name());
        String b = Sql.id(columns.get(1).name());
        if (numbered) {
            scratch.execute("CREATE TEMPORARY VIEW ends AS SELECT CAST(" + a + " AS INTEGER) AS a, CAST(" + b
                    + " AS INTEGER) AS b FROM edges");
        } else {
            // One after the other, so that names are in memory once.
            scratch.execute("CREATE TEMPORARY TABLE one_end AS SELECT node.number AS a, edges." + b
                    + " AS b FROM edges JOIN node ON edges." + a + " = node.name");
            scratch.execute("CREATE TEMPORARY TABLE ends AS SELECT a, node.number AS b FROM one_end JOIN node ON"
                    + " one_end.b = node.name");
            scratch.execute("DROP TABLE one_end");
        }
        scratch.execute("""
                CREATE TEMPORARY TABLE link AS
                SELECT a, b FROM ends UNION ALL SELECT b, a FROM ends UNION ALL SELECT number, number FROM node
                ORDER BY 1, 2
                """);
        return Links.of(Pieces.of(scratch, "SELECT a, b FROM link", 2), nodes);
    }

    private RowSource sparse(List<Column> columns, Path file) {
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
        // Each node's features sum to 1.
        String query = """
                SELECT node.number, CAST(%1$s AS INTEGER),
                    CAST(coalesce(%2$s / nullif(sum(%2$s) OVER (PARTITION BY node.number), 0), 0) AS FLOAT)
                %3$s ORDER BY 1, 2
                """.formatted(feature, value, rows);
        return new Streamed(Pieces.of(scratch, query, 2), List.of("node", "feature"), Shape.SCALAR, count, false);
    }

    private RowSource dense(List<Column> columns, Path file, int count) {
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
        String list = String.join(
                ", ",
                given.stream()
                        .map(column -> "CAST(coalesce(features." + Sql.id(column.name()) + ", 0) AS FLOAT)")
                        .toList());
        String id = Sql.id(columns.getFirst().name());
        String query = numbered
                ? "SELECT CAST(" + id + " AS INTEGER), " + list + " FROM features"
                : "SELECT node.number, " + list + " FROM features JOIN node ON features." + id + " = node.name";
        Pieces pieces = Pieces.of(scratch, query, 1);
        return new Streamed(
                piece -> {
                    try {
                        pieces.each(piece);
                    } catch (Streamed.Twice twice) {
                        throw RelataException.usage(
                                "data.features",
                                file.toString(),
                                scratch.first("SELECT name FROM node WHERE number = " + twice.place())
                                                .orElseThrow() + " stands there twice",
                                "give each node one row");
                    }
                },
                List.of("id"),
                Shape.of(given.size()),
                count,
                true);
    }

    /// Fails if a table names a node that is none.
    private void known(String table, Path file, Column column) {
        String name = "t." + Sql.id(column.name());
        String strange = numbered
                ? " t WHERE coalesce(" + name + " NOT BETWEEN 0 AND " + (nodes - 1) + ", true)"
                : " t ANTI JOIN node ON " + name + " = node.name";
        scratch.first("SELECT " + name + " FROM " + Sql.id(table) + strange + " LIMIT 1")
                .ifPresent(stranger -> {
                    throw RelataException.usage(
                            "data.node",
                            file + ", column " + column.name(),
                            stranger + " is no node of " + nodeFile.getFileName(),
                            "add it there, or leave such rows out");
                });
    }
}
