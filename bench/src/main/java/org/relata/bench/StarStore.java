package org.relata.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// A star: facts with a foreign key into each of three dimensions, whose rows have 20 features each.
///
/// @param facts how many facts there are
/// @param dimensions how many rows each dimension has
record StarStore(long facts, List<Long> dimensions) {
    static final int FEATURES = 20;

    /// The dimensions of a hundred, two hundred and ten thousand rows over five million facts; smaller ones over fewer.
    static StarStore of(long facts) {
        double share = Math.min(1, facts / 5e6);
        return new StarStore(
                facts,
                IntStream.of(100_000, 200_000, 10_000)
                        .mapToObj(rows -> Math.max(10, (long) (rows * share)))
                        .toList());
    }

    /// Makes the tables `facts`, `d1`, `d2` and `d3`.
    void make(MeasuredDatabase database) {
        for (int number = 1; number <= dimensions.size(); number++) {
            int salt = 100 * number;
            database.execute("CREATE TABLE d" + number + " AS SELECT i AS k" + number + ", "
                    + IntStream.range(0, FEATURES)
                            .mapToObj(feature -> uniform(salt + feature) + " - 0.5 AS x_" + feature)
                            .collect(Collectors.joining(", "))
                    + " FROM " + database.numbers(dimensions.get(number - 1)));
        }
        database.execute("CREATE TABLE facts AS SELECT i AS id, "
                + IntStream.rangeClosed(1, dimensions.size())
                        .mapToObj(number -> "CAST(floor(" + uniform(number) + " * " + dimensions.get(number - 1)
                                + ") AS BIGINT) AS k" + number)
                        .collect(Collectors.joining(", "))
                + ", " + uniform(9) + " AS y FROM " + database.numbers(facts));
        database.settle();
    }

    /// Makes the table `joined`: the facts with all features of their dimensions.
    static void materialise(MeasuredDatabase database) {
        database.execute("CREATE TABLE joined AS SELECT facts.id, "
                + IntStream.range(0, 3 * FEATURES)
                        .mapToObj(feature ->
                                "d" + (feature / FEATURES + 1) + ".x_" + feature % FEATURES + " AS x_" + feature)
                        .collect(Collectors.joining(", "))
                + ", facts.y FROM facts JOIN d1 ON facts.k1 = d1.k1 JOIN d2 ON facts.k2 = d2.k2 JOIN d3 ON facts.k3 ="
                + " d3.k3");
        database.settle();
    }

    /// Small parameters that differ, for each dimension.
    Map<String, Relation> weights() {
        Map<String, Relation> weights = new TreeMap<>();
        for (int number = 1; number <= dimensions.size(); number++) {
            weights.put("w" + number, relation((number - 1) * FEATURES, FEATURES));
        }
        return weights;
    }

    /// The same parameters for the join, after one another.
    Map<String, Relation> joinedWeights() {
        return Map.of("w", relation(0, FEATURES * dimensions.size()));
    }

    private static Relation relation(int from, int many) {
        double[] values = IntStream.range(from, from + many)
                .mapToDouble(StarStore::weight)
                .toArray();
        return Relation.empty(List.of(), Shape.of(many)).plus(Key.EMPTY, Tensor.of(Shape.of(many), values));
    }

    /// The parameter of a feature.
    static double weight(int feature) {
        return 0.1 * (feature % 9 - 4);
    }

    /// A number from 0 to 1 that depends on the row and the salt, the same in every run.
    private static String uniform(int salt) {
        return "(hash(i * 1024 + " + salt + ") >> 11) / 9007199254740992.0";
    }
}
