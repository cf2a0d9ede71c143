package org.relata.synth.column;

import org.relata.synth.random.Draws;
import org.relata.synth.random.Key;

/// Made-up words, some of which belong to a topic, and texts of them.
final class Vocabulary {
    private static final String[] ONSETS = {
        "b", "br", "d", "dr", "f", "g", "gl", "k", "kr", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "tr", "v"
    };
    private static final String[] VOWELS = {"a", "e", "i", "o", "u", "ai", "ea", "io"};
    private static final String[] CODAS = {"", "", "", "l", "m", "n", "r", "s", "x"};
    private static final int COMMON = 60;
    private static final int OF_TOPIC = 15;
    private static final double ON_TOPIC = 0.6;

    private final String[] common;
    private final String[][] topics;

    /// Draws the words of a column.
    Vocabulary(int topicCount, Key key) {
        common = words(COMMON, key.child("common").draws());
        topics = new String[topicCount][];
        for (int topic = 0; topic < topicCount; topic++) {
            topics[topic] = words(OF_TOPIC, key.child("topic").child(topic).draws());
        }
    }

    private static String[] words(int count, Draws draws) {
        String[] words = new String[count];
        for (int i = 0; i < count; i++) {
            StringBuilder word = new StringBuilder();
            for (int syllable = draws.integer(1, 3); syllable > 0; syllable--) {
                word.append(one(ONSETS, draws)).append(one(VOWELS, draws));
            }
            words[i] = word.append(one(CODAS, draws)).toString();
        }
        return words;
    }

    private static String one(String[] parts, Draws draws) {
        return parts[draws.integer(0, parts.length - 1)];
    }

    /// A text on a topic.
    String text(int topic, Key key) {
        Draws draws = key.draws();
        StringBuilder text = new StringBuilder();
        for (int word = draws.integer(3, 9); word > 0; word--) {
            text.append(one(draws.happens(ON_TOPIC) ? topics[topic] : common, draws))
                    .append(word > 1 ? " " : "");
        }
        return text.toString();
    }
}
