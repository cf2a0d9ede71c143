package org.relata.learn.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.relata.database.RelataException;
import org.relata.learn.model.KnowledgeGraph.Facts;

/// Ranks the entities that facts are asked for, as [Ranking] says. Some entities at a time are read from where they
/// stand, and counted for all questions, which are done in parallel; so there may be more of them than the heap holds.
final class LinkPrediction {
    /// Questions that go through a block together, so that it stays near the processor.
    private static final int QUESTIONS = 32;

    /// Numbers of entities that are read at a time.
    private static final int READ = 1 << 23;

    private final Scorer scorer;
    private final KnowledgeGraph graph;

    /// What is asked: the entity that stands in a relation to another.
    ///
    /// @param side 1 where the head is known, −1 where the tail is
    private record Question(int known, int link, int side) {}

    private record Asked(Question question, int wanted) {}

    LinkPrediction(Scorer scorer, KnowledgeGraph graph) {
        this.scorer = scorer;
        this.graph = graph;
    }

    private static List<Asked> questions(Facts facts) {
        List<Asked> questions = new ArrayList<>();
        for (int fact = 0; fact < facts.count(); fact++) {
            int head = facts.heads()[fact];
            int tail = facts.tails()[fact];
            int link = facts.links()[fact];
            questions.add(new Asked(new Question(head, link, 1), tail));
            questions.add(new Asked(new Question(tail, link, -1), head));
        }
        return questions;
    }

    /// The entities that make a known fact, for what is asked.
    private Map<Question, int[]> answers(List<Asked> questions) {
        Map<Question, IntStream.Builder> builders = new HashMap<>();
        questions.forEach(asked -> builders.put(asked.question, IntStream.builder()));
        for (Facts facts : graph.all()) {
            for (int fact = 0; fact < facts.count(); fact++) {
                int head = facts.heads()[fact];
                int tail = facts.tails()[fact];
                int link = facts.links()[fact];
                add(builders.get(new Question(head, link, 1)), tail);
                add(builders.get(new Question(tail, link, -1)), head);
            }
        }
        Map<Question, int[]> answers = new HashMap<>();
        builders.forEach((question, builder) ->
                answers.put(question, builder.build().distinct().toArray()));
        return answers;
    }

    private static void add(IntStream.@Nullable Builder builder, int entity) {
        if (builder != null) {
            builder.add(entity);
        }
    }

    /// How well facts are found.
    Ranking of(Facts facts) {
        List<Asked> questions = questions(facts);
        Map<Question, int[]> answers = answers(questions);
        Map<Integer, List<Asked>> groups = new HashMap<>();
        questions.forEach(
                asked -> groups.computeIfAbsent(scorer.byLink() ? asked.question.link : 0, _ -> new ArrayList<>())
                        .add(asked));
        double[] ranks = groups.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(group -> ranks(group.getKey(), group.getValue(), answers))
                .flatMapToDouble(Arrays::stream)
                .toArray();
        return Ranking.of(ranks);
    }

    private double[] ranks(int link, List<Asked> questions, Map<Question, int[]> answers) {
        List<Place> places = questions.stream()
                .map(asked -> place(link, asked, answers.getOrDefault(asked.question, new int[0])))
                .toList();
        int step = Math.max(1, READ / scorer.width() / Scorer.BLOCK) * Scorer.BLOCK;
        for (int from = 0; from < scorer.entities(); from += step) {
            float[][][] seen = scorer.seen(link, from, Math.min(scorer.entities(), from + step));
            IntStream.range(0, Math.ceilDiv(places.size(), QUESTIONS))
                    .parallel()
                    .forEach(block -> count(
                            places.subList(block * QUESTIONS, Math.min(places.size(), (block + 1) * QUESTIONS)), seen));
        }
        return places.stream().mapToDouble(Place::rank).toArray();
    }

    private Place place(int link, Asked asked, int[] answers) {
        float[] aim = scorer.aim(asked.question.known, asked.question.link, asked.question.side);
        Place place = new Place(aim, score(link, aim, asked.wanted));
        for (int answer : answers) {
            if (answer != asked.wanted) {
                place.leaveOut(score(link, aim, answer));
            }
        }
        return place;
    }

    private float score(int link, float[] aim, int entity) {
        float[] score = new float[1];
        scorer.scores(aim, scorer.seen(link, entity, entity + 1)[0], score);
        return score[0];
    }

    private void count(List<Place> places, float[][][] seen) {
        float[] scores = new float[Scorer.BLOCK];
        for (float[][] block : seen) {
            for (Place place : places) {
                scorer.scores(place.aim, block, scores);
                place.see(scores, block[0].length);
            }
        }
    }

    /// Where an entity stands among those that were seen so far.
    static final class Place {
        private final float[] aim;
        private final float score;
        private int before;
        private int beside = -1; // itself

        Place(float[] aim, float score) {
            if (Float.isNaN(score)) {
                throw RelataException.failure(
                        "kge.score", "the scores", "one is not a number", "lower the learning rate");
            }
            this.aim = aim;
            this.score = score;
        }

        void see(float[] scores, int count) {
            for (int entity = 0; entity < count; entity++) {
                before += scores[entity] > score ? 1 : 0;
                beside += scores[entity] == score ? 1 : 0;
            }
        }

        /// Another answer does not count.
        void leaveOut(float other) {
            before -= other > score ? 1 : 0;
            beside -= other == score ? 1 : 0;
        }

        /// One more than the entities before it, and half of those beside it.
        double rank() {
            return 1 + before + beside / 2.0;
        }
    }
}
