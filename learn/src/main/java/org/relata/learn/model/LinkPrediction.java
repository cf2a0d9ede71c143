package org.relata.learn.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.relata.database.RelataException;
import org.relata.learn.model.KnowledgeGraph.Facts;

/// Ranks the entities that facts are asked for, as [Ranking] says. Blocks of questions go through the entities
/// together,
/// a few thousand at a time, so that these stay near the processor; blocks are done in parallel.
final class LinkPrediction {
    private static final int QUESTIONS = 32;

    private final Scorer scorer;
    /// The entities that make a known fact, by question.
    private final Map<Question, int[]> answers = new HashMap<>();

    /// What is asked: the entity that stands in a relation to another.
    ///
    /// @param side 1 where the head is known, −1 where the tail is
    private record Question(int known, int link, int side) {}

    private record Asked(Question question, int wanted) {}

    LinkPrediction(Scorer scorer, KnowledgeGraph graph) {
        this.scorer = scorer;
        Map<Question, IntStream.Builder> builders = new HashMap<>();
        for (Facts facts : graph.all()) {
            for (Asked asked : questions(facts)) {
                builders.computeIfAbsent(asked.question, _ -> IntStream.builder())
                        .add(asked.wanted);
            }
        }
        builders.forEach((question, builder) ->
                answers.put(question, builder.build().distinct().toArray()));
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

    /// How well facts are found.
    Ranking of(Facts facts) {
        List<Asked> questions = questions(facts);
        Map<Integer, List<Asked>> groups = new HashMap<>();
        questions.forEach(
                asked -> groups.computeIfAbsent(scorer.byLink() ? asked.question.link : 0, _ -> new ArrayList<>())
                        .add(asked));
        double[] ranks = groups.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(group -> ranks(group.getValue(), scorer.seen(group.getKey())))
                .flatMapToDouble(Arrays::stream)
                .toArray();
        return Ranking.of(ranks);
    }

    private double[] ranks(List<Asked> questions, float[][][] seen) {
        return IntStream.range(0, Math.ceilDiv(questions.size(), QUESTIONS))
                .parallel()
                .mapToObj(block ->
                        questions.subList(block * QUESTIONS, Math.min(questions.size(), (block + 1) * QUESTIONS)))
                .map(block -> block(block, seen))
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    private double[] block(List<Asked> questions, float[][][] seen) {
        int entities = scorer.entities();
        float[][] scores = new float[questions.size()][entities];
        float[][] aims = new float[questions.size()][];
        for (int each = 0; each < aims.length; each++) {
            Question question = questions.get(each).question;
            aims[each] = scorer.aim(question.known, question.link, question.side);
        }
        float[] part = new float[Scorer.BLOCK];
        for (int place = 0; place < seen.length; place++) {
            int start = place * Scorer.BLOCK;
            for (int each = 0; each < aims.length; each++) {
                scorer.scores(aims[each], seen[place], part);
                System.arraycopy(part, 0, scores[each], start, Math.min(Scorer.BLOCK, entities - start));
            }
        }
        double[] ranks = new double[questions.size()];
        for (int each = 0; each < ranks.length; each++) {
            Asked asked = questions.get(each);
            ranks[each] = rank(scores[each], asked.wanted, answers.getOrDefault(asked.question, new int[0]));
        }
        return ranks;
    }

    /// One more than the entities before it, and half of those beside it; other answers do not count.
    static double rank(float[] scores, int wanted, int[] answers) {
        float score = scores[wanted];
        if (Float.isNaN(score)) {
            throw RelataException.failure("kge.score", "the scores", "one is not a number", "lower the learning rate");
        }
        int before = 0;
        int beside = -1; // itself
        for (float other : scores) {
            before += other > score ? 1 : 0;
            beside += other == score ? 1 : 0;
        }
        for (int answer : answers) {
            if (answer != wanted) {
                before -= scores[answer] > score ? 1 : 0;
                beside -= scores[answer] == score ? 1 : 0;
            }
        }
        return 1 + before + beside / 2.0;
    }
}
