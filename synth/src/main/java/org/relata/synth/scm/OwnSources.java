package org.relata.synth.scm;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.relata.synth.random.Draws;
import org.relata.synth.source.Source;

/// What a table shows to itself along a foreign key to itself: a few variables that nothing influences.
///
/// Their values are functions of the row, so a row can ask for those of the row it refers to wherever that is, in any
/// order and by any thread; and because nothing influences them, no value waits for itself.
///
/// @param variables which variables
/// @param sources where their values come from
/// @param points the points of their values
/// @param embeds whether classes are told apart
record OwnSources(int[] variables, List<Source> sources, List<Knots> points, boolean embeds) implements StoredTable {
    private static final int MOST = 3;
    private static final int INDEX_BITS = 8;

    /// Chooses up to three variables.
    ///
    /// @param candidates the variables that nothing influences, at least one
    static int[] choose(int[] candidates, Draws draws) {
        int[] order = draws.permutation(candidates.length);
        int[] chosen = new int[draws.integer(1, Math.min(MOST, candidates.length))];
        Arrays.setAll(chosen, i -> candidates[order[i]]);
        return chosen;
    }

    /// The points of a source's values.
    ///
    /// @param rows of the table
    /// @param classes how many classes it takes, or zero for numbers
    /// @param most how many points there may be
    static Knots points(Source source, long rows, int classes, int most) {
        if (classes > 0) {
            return Knots.ofClasses(classes);
        }
        int count = (int) Math.min(rows, Evaluation.BLOCK);
        float[] values = new float[count];
        source.fill(
                LongStream.range(0, count)
                        .map(i -> (long) ((double) i * rows / count))
                        .toArray(),
                count,
                values);
        return Knots.ofValues(values, count, most);
    }

    @Override
    public int columns() {
        return variables.length;
    }

    @Override
    public Knots knots(int column) {
        return points.get(column);
    }

    @Override
    public boolean embeds(int column) {
        return embeds && points.get(column).classes();
    }

    /// Sources want their rows ascending.
    @Override
    public void gather(int column, long[] rows, int count, float[] into) {
        long[] places = new long[count];
        int known = 0;
        for (int i = 0; i < count; i++) {
            into[i] = 0;
            if (rows[i] >= 0) {
                places[known++] = rows[i] << INDEX_BITS | i;
            }
        }
        Arrays.sort(places, 0, known);
        long[] ascending = new long[known];
        for (int i = 0; i < known; i++) {
            ascending[i] = places[i] >> INDEX_BITS;
        }
        float[] values = new float[known];
        sources.get(column).fill(ascending, known, values);
        for (int i = 0; i < known; i++) {
            into[(int) places[i] & Evaluation.BLOCK - 1] = values[i];
        }
    }
}
