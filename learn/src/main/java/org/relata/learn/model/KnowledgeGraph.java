package org.relata.learn.model;

import java.util.List;

/// Facts about entities, each of which stands in one relation to another. Entities and relations count from 0.
///
/// @param entities their names, as the files have them
/// @param links the names of relations
/// @param train facts to learn from
/// @param validation facts to choose by
/// @param test facts to be judged by
record KnowledgeGraph(List<String> entities, List<String> links, Facts train, Facts validation, Facts test) {
    /// Copies.
    KnowledgeGraph {
        entities = List.copyOf(entities);
        links = List.copyOf(links);
    }

    /// Facts in columns.
    record Facts(int[] heads, int[] links, int[] tails) {
        int count() {
            return heads.length;
        }
    }

    /// All facts there are, in three parts.
    List<Facts> all() {
        return List.of(train, validation, test);
    }
}
