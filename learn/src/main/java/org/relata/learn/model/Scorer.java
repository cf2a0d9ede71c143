package org.relata.learn.model;

import java.util.Arrays;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Tensor;

/// Scores of all entities at once, from parameters that were learned: the same as those of [EmbeddingText] but for a
/// constant, in plain loops over arrays. Entities stand one dimension after the other, so that loops go along entities.
final class Scorer {
    /// So many that the scores of a block and a few rows of it stay near the processor.
    static final int BLOCK = 2048;

    private final KgeSettings settings;
    private final Vectors entity;
    private final float[][] link;
    private final float[][] projection;

    /// @param entity stay where they are, and are read block by block
    /// @param projection of TransR; empty for the others
    Scorer(KgeSettings settings, Vectors entity, Relation link, Relation projection) {
        this.settings = settings;
        this.entity = entity;
        this.link = numbers(link);
        this.projection = numbers(projection);
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
        return entity.count();
    }

    /// Whether entities look different to each relation.
    boolean byLink() {
        return settings.embedding() == Embedding.TRANSR;
    }

    /// Numbers of an entity as a relation sees it.
    int width() {
        return byLink() ? projection[0].length / entity.width() : entity.width();
    }

    /// Some entities as a relation sees them, in blocks of [#BLOCK], and in a block a row a dimension. All rows of a
    /// block and the scores have the same places, which lets the compiler use vectors.
    float[][][] seen(int relation, int from, int to) {
        float[][][] blocks = new float[Math.ceilDiv(to - from, BLOCK)][][];
        for (int block = 0; block < blocks.length; block++) {
            int start = from + block * BLOCK;
            int count = Math.min(BLOCK, to - start);
            blocks[block] = new float[width()][count];
            for (int each = 0; each < count; each++) {
                float[] row = seen(relation, start + each);
                for (int dimension = 0; dimension < row.length; dimension++) {
                    blocks[block][dimension][each] = row[dimension];
                }
            }
        }
        return blocks;
    }

    /// An entity as a relation sees it.
    private float[] seen(int relation, int number) {
        float[] vector = new float[entity.width()];
        for (int element = 0; element < vector.length; element++) {
            vector[element] = (float) entity.get(number, element);
        }
        return byLink() ? projected(relation, vector) : vector;
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
        float[] from = seen(relation, known);
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

    /// Scores of a block of entities, higher for nearer ones.
    ///
    /// @param scores as many as the block has entities, or more
    void scores(float[] aim, float[][] block, float[] scores) {
        Arrays.fill(scores, 0);
        int width = aim.length;
        switch (settings.embedding()) {
            case DISTMULT, COMPLEX -> {
                for (int at = 0; at < width; at++) {
                    product(aim[at], block[at], scores);
                }
            }
            case TRANSE, TRANSR -> {
                boolean absolute = settings.embedding() == Embedding.TRANSE && settings.norm() == 1;
                for (int at = 0; at < width; at++) {
                    if (absolute) {
                        absolute(aim[at], block[at], scores);
                    } else {
                        square(aim[at], block[at], scores); // in the order of its root
                    }
                }
            }
            case ROTATE -> {
                int half = width / 2;
                for (int at = 0; at < half; at++) {
                    modulus(aim[at], aim[half + at], block[at], block[half + at], scores);
                }
            }
        }
    }

    private static void product(float aim, float[] column, float[] scores) {
        for (int each = 0; each < column.length; each++) {
            scores[each] += aim * column[each];
        }
    }

    private static void absolute(float aim, float[] column, float[] scores) {
        for (int each = 0; each < column.length; each++) {
            scores[each] -= Math.abs(aim - column[each]);
        }
    }

    private static void square(float aim, float[] column, float[] scores) {
        for (int each = 0; each < column.length; each++) {
            float apart = aim - column[each];
            scores[each] -= apart * apart;
        }
    }

    private static void modulus(float re, float im, float[] reColumn, float[] imColumn, float[] scores) {
        for (int each = 0; each < reColumn.length; each++) {
            float x = re - reColumn[each];
            float y = im - imColumn[each];
            scores[each] -= (float) Math.sqrt(x * x + y * y);
        }
    }
}
