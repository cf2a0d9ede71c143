package org.relata.learn.model;

import java.util.Arrays;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Tensor;

/// Scores of all entities at once, from parameters that were learned: the same as those of [EmbeddingText] but for a
/// constant, in plain loops over arrays. Entities stand one dimension after the other, so that loops go along entities.
final class Scorer {
    private final KgeSettings settings;
    private final int entities;
    private final float[][] entity;
    private final float[][] link;
    private final float[][] projection;

    /// @param projection of TransR; empty for the others
    Scorer(KgeSettings settings, Relation entity, Relation link, Relation projection) {
        this.settings = settings;
        this.entity = numbers(entity);
        this.link = numbers(link);
        this.projection = numbers(projection);
        this.entities = this.entity.length;
    }

    private static float[][] numbers(Relation relation) {
        float[][] rows = new float[relation.size()][];
        for (var each : relation.tuples().entrySet()) {
            rows[row(each.getKey())] = floats(each.getValue());
        }
        return rows;
    }

    private static int row(Key key) {
        return ((Long) key.value(0)).intValue();
    }

    private static float[] floats(Tensor tensor) {
        double[] numbers = tensor.toArray();
        float[] floats = new float[numbers.length];
        for (int index = 0; index < floats.length; index++) {
            floats[index] = (float) numbers[index];
        }
        return floats;
    }

    int entities() {
        return entities;
    }

    /// Whether entities look different to each relation.
    boolean byLink() {
        return settings.embedding() == Embedding.TRANSR;
    }

    /// Entities as a relation sees them: a row a dimension.
    float[][] seen(int relation) {
        float[][] rows = new float[entities][];
        for (int each = 0; each < entities; each++) {
            rows[each] = byLink() ? projected(relation, entity[each]) : entity[each];
        }
        float[][] columns = new float[rows[0].length][entities];
        for (int each = 0; each < entities; each++) {
            for (int dimension = 0; dimension < columns.length; dimension++) {
                columns[dimension][each] = rows[each][dimension];
            }
        }
        return columns;
    }

    private float[] projected(int relation, float[] vector) {
        float[] matrix = projection[relation];
        float[] result = new float[matrix.length / vector.length];
        for (int row = 0; row < result.length; row++) {
            float sum = 0;
            for (int column = 0; column < vector.length; column++) {
                sum += matrix[row * vector.length + column] * vector[column];
            }
            result[row] = sum;
        }
        return result;
    }

    /// What a fact without an entity aims at.
    ///
    /// @param side 1 where the head is known, −1 where the tail is
    float[] aim(int known, int relation, int side) {
        float[] from = byLink() ? projected(relation, entity[known]) : entity[known];
        float[] by = link[relation];
        float[] aim = new float[from.length];
        switch (settings.embedding()) {
            case TRANSE, TRANSR -> {
                for (int index = 0; index < aim.length; index++) {
                    aim[index] = from[index] + side * by[index];
                }
            }
            case DISTMULT -> {
                for (int index = 0; index < aim.length; index++) {
                    aim[index] = from[index] * by[index];
                }
            }
            case COMPLEX -> turn(from, by, side, aim, false);
            case ROTATE -> turn(from, by, side, aim, true);
        }
        return aim;
    }

    private static void turn(float[] from, float[] by, int side, float[] aim, boolean unit) {
        int half = aim.length / 2;
        for (int index = 0; index < half; index++) {
            double length = unit ? Math.hypot(by[index], by[half + index]) : 1;
            double re = by[index] / length;
            double im = side * by[half + index] / length;
            aim[index] = (float) (re * from[index] - im * from[half + index]);
            aim[half + index] = (float) (re * from[half + index] + im * from[index]);
        }
    }

    /// Scores of a range of entities, higher for nearer ones, into the first places of an array.
    void scores(float[] aim, float[][] seen, int start, int count, float[] scores) {
        Arrays.fill(scores, 0, count, 0);
        switch (settings.embedding()) {
            case DISTMULT, COMPLEX -> {
                for (int dimension = 0; dimension < aim.length; dimension++) {
                    product(aim[dimension], seen[dimension], start, count, scores);
                }
            }
            case TRANSE, TRANSR -> {
                boolean absolute = settings.embedding() == Embedding.TRANSE && settings.norm() == 1;
                for (int dimension = 0; dimension < aim.length; dimension++) {
                    if (absolute) {
                        absolute(aim[dimension], seen[dimension], start, count, scores);
                    } else {
                        square(aim[dimension], seen[dimension], start, count, scores); // in the order of its root
                    }
                }
            }
            case ROTATE -> {
                int half = aim.length / 2;
                for (int dimension = 0; dimension < half; dimension++) {
                    modulus(
                            aim[dimension],
                            aim[half + dimension],
                            seen[dimension],
                            seen[half + dimension],
                            start,
                            count,
                            scores);
                }
            }
        }
    }

    private static void product(float aim, float[] column, int start, int count, float[] scores) {
        for (int each = 0; each < count; each++) {
            scores[each] += aim * column[start + each];
        }
    }

    private static void absolute(float aim, float[] column, int start, int count, float[] scores) {
        for (int each = 0; each < count; each++) {
            scores[each] -= Math.abs(aim - column[start + each]);
        }
    }

    private static void square(float aim, float[] column, int start, int count, float[] scores) {
        for (int each = 0; each < count; each++) {
            float apart = aim - column[start + each];
            scores[each] -= apart * apart;
        }
    }

    private static void modulus(
            float re, float im, float[] reColumn, float[] imColumn, int start, int count, float[] scores) {
        for (int each = 0; each < count; each++) {
            float x = re - reColumn[start + each];
            float y = im - imColumn[start + each];
            scores[each] -= (float) Math.sqrt(x * x + y * y);
        }
    }
}
