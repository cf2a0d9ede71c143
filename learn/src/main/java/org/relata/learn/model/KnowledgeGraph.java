package org.relata.learn.model;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Facts about entities, each of which stands in one relation to another. Entities and relations count from 0.
///
/// @param entities how many there are
/// @param links how many relations there are
/// @param names a few characters that differ where the names of either do
/// @param train facts to learn from
/// @param validation facts to choose by
/// @param test facts to be judged by
record KnowledgeGraph(int entities, int links, String names, Facts train, Facts validation, Facts test) {
    /// Facts in columns.
    record Facts(int[] heads, int[] links, int[] tails) {
        int count() {
            return heads.length;
        }

        /// Some of them, or all where there are no more: always the same ones.
        Facts some(int most) {
            if (count() <= most) {
                return this;
            }
            int[] chosen = Arrays.copyOf(Rows.shuffled(count(), new SplittableRandom(0)), most);
            return new Facts(chosen(heads, chosen), chosen(links, chosen), chosen(tails, chosen));
        }

        private static int[] chosen(int[] column, int[] rows) {
            return Arrays.stream(rows).map(row -> column[row]).toArray();
        }
    }

    /// All facts there are, in three parts.
    List<Facts> all() {
        return List.of(train, validation, test);
    }
}
