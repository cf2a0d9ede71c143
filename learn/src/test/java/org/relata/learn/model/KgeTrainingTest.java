package org.relata.learn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.run.Program;
import org.relata.algebra.run.ReferenceRunner;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.database.RelataException;
import org.relata.engine.EngineOptions;
import org.relata.engine.EngineRunner;
import org.relata.learn.model.KnowledgeGraph.Facts;
import org.relata.learn.train.FileState;
import org.relata.learn.train.Optimizer;
import org.relata.learn.train.ParameterInit;
import org.relata.learn.train.TrainingListener;
import org.relata.learn.train.TrainingResult.Stop;
import org.relata.sql.model.Model;
import org.relata.sql.parse.ModelParser;
import org.relata.sql.parse.ShapeSource;

class KgeTrainingTest {
    private static final int SIDE = 6;

    @TempDir
    Path folder;

    private static KgeSettings settings(Embedding embedding, int epochs) {
        return new KgeSettings(embedding, 8, 1, 1, 32, 16, 4, 1, 0, new Optimizer.Adam(0.05), epochs);
    }

    /// The squares of a board, and which is to the right of, below and across from which; every seventh fact is held
    /// out.
    private static KnowledgeGraph board() {
        List<int[]> facts = new ArrayList<>();
        int[][] moves = {{0, 1}, {1, 0}, {1, 1}};
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                for (int move = 0; move < moves.length; move++) {
                    int down = row + moves[move][0];
                    int right = column + moves[move][1];
                    if (down < SIDE && right < SIDE) {
                        facts.add(new int[] {row * SIDE + column, move, down * SIDE + right});
                    }
                }
            }
        }
        int[] order = Rows.shuffled(facts.size(), new SplittableRandom(4));
        return new KnowledgeGraph(
                SIDE * SIDE, 3, "board", part(facts, order, 2), part(facts, order, 1), part(facts, order, 0));
    }

    private static Facts part(List<int[]> facts, int[] order, int part) {
        int[] chosen = IntStream.range(0, order.length)
                .filter(place -> Math.min(place % 7, 2) == part)
                .map(place -> order[place])
                .toArray();
        return new Facts(column(facts, chosen, 0), column(facts, chosen, 1), column(facts, chosen, 2));
    }

    private static int[] column(List<int[]> facts, int[] chosen, int column) {
        return IntStream.of(chosen).map(fact -> facts.get(fact)[column]).toArray();
    }

    private static Runner engine() {
        return new EngineRunner(EngineOptions.standard().memoryBytes(64L << 20));
    }

    /// What training came to, and all parameters of its runner.
    private record Learned(KgeResult result, Map<String, Relation> parameters) {}

    private static KgeTraining board(KgeSettings settings) {
        return KgeTraining.of(new Scratch(Reading.standard()), board(), settings);
    }

    private static Learned learned(KgeSettings settings, Session session) {
        try (Runner runner = engine();
                KgeTraining training = board(settings)) {
            KgeResult result = training.train(runner, session).orElseThrow();
            Map<String, Relation> parameters = new HashMap<>(training.parameters(runner));
            parameters.put("entity", runner.read("entity"));
            return new Learned(result, parameters);
        }
    }

    private static KgeResult train(KgeSettings settings, long seed) {
        return learned(settings, new Session(seed, TrainingListener.silent())).result();
    }

    @Test
    void missingFactsAreFound() {
        KgeResult result = train(settings(Embedding.TRANSE, 60), 0);
        List<Double> losses = result.training().history();
        assertTrue(losses.getLast() < losses.getFirst() / 2, () -> "the loss falls: " + losses);
        // By chance, the mean of 1 / rank over 36 squares is 0.12.
        assertTrue(result.test().mrr() > 0.6, () -> "held out: " + result.test());
    }

    @Test
    void oneSeedGivesOneResult() {
        KgeSettings few = settings(Embedding.DISTMULT, 2);
        Session session = new Session(3, TrainingListener.silent());
        assertEquals(learned(few, session).parameters(), learned(few, session).parameters());
    }

    @Test
    void anInterruptedRunGoesOnToTheSameNumbers() {
        KgeSettings few = settings(Embedding.TRANSE, 4);
        Learned through = learned(few, new Session(1, TrainingListener.silent()));
        FileState state = new FileState(folder.resolve("state"));
        TrainingListener stopper = new Stopper(3);
        try (Runner runner = engine();
                KgeTraining training = board(few)) {
            assertEquals(Optional.empty(), training.train(runner, kept(state, stopper)));
        }
        Learned resumed = learned(few, kept(state, TrainingListener.silent()));
        assertEquals(through.parameters(), resumed.parameters());
    }

    @Test
    void patienceLooksAtTheFactsToChooseBy() {
        KgeSettings wild = new KgeSettings(Embedding.TRANSE, 8, 1, 1, 32, 16, 4, 0, 0, new Optimizer.Sgd(50), 100);
        KgeResult result = learned(wild, new Session(0, 2, 0, Session.stateless(), TrainingListener.silent()))
                .result();
        assertEquals(Stop.PATIENCE, result.training().stop());
        assertTrue(
                result.training().epochs() < 100,
                "stopped after " + result.training().epochs());
    }

    private static Session kept(FileState state, TrainingListener listener) {
        return new Session(1, 0, 0, state, listener);
    }

    /// Interrupts its thread after a step.
    private record Stopper(long after) implements TrainingListener {
        @Override
        public void begin(long done, long steps) {}

        @Override
        public void step(Standing standing) {
            if (standing.step() == after) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void epoch(long epoch, double loss) {}

        @Override
        public void note(String message) {}
    }

    /// What ranks entities is written twice, in SQL to learn and in loops to rank.
    @ParameterizedTest
    @EnumSource(Embedding.class)
    void loopsScoreAsTheModelDoes(Embedding embedding) {
        for (int norm = 1; norm <= 2; norm++) {
            KgeSettings settings = new KgeSettings(embedding, 3, norm, 2, 6, 4, 3, 0, 0.1, new Optimizer.Sgd(0.1), 1);
            KnowledgeGraph graph = board();
            Model model = ModelParser.parse(
                    "kge.sql", new EmbeddingText(settings, graph.entities(), graph.links()).loss(), ShapeSource.none());
            Map<String, Relation> start = ParameterInit.of(model, new Fresh(), 5);
            try (Runner runner = new ReferenceRunner()) {
                start.forEach(runner::bind);
                new NegativeSampler(runner, graph, settings, Optional.empty()).show(5, 0, 1);
                Scorer scorer = new Scorer(
                        settings,
                        Vectors.of(start.get("entity")),
                        start.get("link"),
                        start.getOrDefault("projection", Relation.empty(List.of(), Shape.SCALAR)));
                compare(runner, model, scorer, settings);
            }
        }
    }

    private static void compare(Runner runner, Model model, Scorer scorer, KgeSettings settings) {
        try (Program program = runner.compile(Map.of("far", model.named().get("far")))) {
            program.run(new Settings(Map.of(), 0, 1));
            Relation far = program.output("far");
            assertEquals(6 * 4, far.size());
            Relation others = runner.read("other");
            Relation facts = runner.read("fact");
            float[] scores = new float[scorer.entities()];
            for (Map.Entry<Key, org.relata.algebra.value.Tensor> fact :
                    facts.tuples().entrySet()) {
                List<Object> key = fact.getKey().values();
                int link = number(key.get(3));
                float[] aim = scorer.aim(
                        number(key.get(2)), link, (int) fact.getValue().number());
                scorer.scores(aim, scorer.seen(link, 0, scorer.entities())[0], scores);
                for (Key other : others.tuples().keySet()) {
                    if (other.value(0).equals(key.get(1))) {
                        double expected = far.get(Key.of(key.get(0), other.value(1)))
                                .orElseThrow()
                                .number();
                        double score = scores[number(other.value(2))];
                        boolean square = settings.embedding() == Embedding.TRANSR
                                || settings.embedding() == Embedding.TRANSE && settings.norm() == 2;
                        double told = settings.embedding().distance()
                                ? settings.margin() - (square ? Math.sqrt(-score) : -score)
                                : score;
                        assertEquals(expected, told, 1e-4);
                    }
                }
            }
        }
    }

    private static int number(Object key) {
        return Math.toIntExact((Long) key);
    }

    @ParameterizedTest
    @EnumSource(Embedding.class)
    void entitiesAreScoredTheSameHoweverManyAreRead(Embedding embedding) {
        KgeSettings settings = new KgeSettings(embedding, 3, 1, 2, 6, 4, 3, 0, 0.1, new Optimizer.Sgd(0.1), 1);
        KnowledgeGraph graph = board();
        Model model = ModelParser.parse(
                "kge.sql", new EmbeddingText(settings, graph.entities(), graph.links()).loss(), ShapeSource.none());
        Map<String, Relation> start = ParameterInit.of(model, new Fresh(), 5);
        Scorer scorer = new Scorer(
                settings,
                Vectors.of(start.get("entity")),
                start.get("link"),
                start.getOrDefault("projection", Relation.empty(List.of(), Shape.SCALAR)));
        float[] aim = scorer.aim(4, 1, -1);
        float[] all = new float[graph.entities()];
        float[] some = new float[7];
        scorer.scores(aim, scorer.seen(1, 0, all.length)[0], all);
        scorer.scores(aim, scorer.seen(1, 20, 27)[0], some);
        assertArrayEquals(Arrays.copyOfRange(all, 20, 27), some);
    }

    private static double rank(float[] scores, int wanted, int[] answers) {
        LinkPrediction.Place place = new LinkPrediction.Place(new float[0], scores[wanted]);
        place.see(scores, 4);
        place.see(Arrays.copyOfRange(scores, 4, 6), 2);
        IntStream.of(answers).filter(answer -> answer != wanted).forEach(answer -> place.leaveOut(scores[answer]));
        return place.rank();
    }

    @Test
    void ranksAreFilteredAndTiesShareTheirMean() {
        float[] scores = {5, 4, 4, 3, 4, 9};
        assertEquals(1, rank(scores, 5, new int[] {5}));
        assertEquals(4, rank(scores, 1, new int[] {1}), "behind 9 and 5, and one of three 4s");
        assertEquals(3, rank(scores, 1, new int[] {1, 5}), "9 is an answer too");
        assertEquals(2.5, rank(scores, 1, new int[] {1, 4, 5}), "so is one of the 4s");
        Ranking ranking = Ranking.of(new double[] {1, 2, 4, 20});
        assertEquals(0.45, ranking.mrr(), 1e-12);
        assertEquals(0.25, ranking.hits1());
        assertEquals(0.5, ranking.hits3());
        assertEquals(0.75, ranking.hits10());
    }

    @Test
    void stepsSeeEveryFactOnceAndNegativesThatAreNone() {
        KnowledgeGraph graph = board();
        KgeSettings own = new KgeSettings(Embedding.TRANSE, 4, 2, 1, 5, 6, 1, 0, 0, new Optimizer.Sgd(0.1), 1);
        try (Runner runner = new ReferenceRunner()) {
            NegativeSampler sampler = new NegativeSampler(runner, graph, own, Optional.empty());
            List<String> seen = new ArrayList<>();
            List<String> known = new ArrayList<>();
            for (int fact = 0; fact < graph.train().count(); fact++) {
                known.add(graph.train().heads()[fact] + " " + graph.train().links()[fact] + " "
                        + graph.train().tails()[fact]);
            }
            for (int step = 0; step < sampler.steps(); step++) {
                sampler.show(1, 2, step);
                Relation others = runner.read("other");
                runner.read("fact").tuples().forEach((key, side) -> {
                    boolean tail = side.number() > 0;
                    seen.add(fact(key, key.value(4), tail));
                    others.tuples().keySet().stream()
                            .filter(other -> other.value(0).equals(key.value(1)))
                            .forEach(other -> assertTrue(!known.contains(fact(key, other.value(2), tail))));
                });
            }
            assertEquals(graph.train().count() / 5 * 5, seen.size());
            assertEquals(seen.size(), seen.stream().distinct().count());
            assertTrue(known.containsAll(seen));
        }
    }

    private static String fact(Key key, Object entity, boolean tail) {
        return tail
                ? key.value(2) + " " + key.value(3) + " " + entity
                : entity + " " + key.value(3) + " " + key.value(2);
    }

    @Test
    void filesAreReadAndWhatIsWrongIsSaid() throws IOException {
        Files.writeString(folder.resolve("train.txt"), "b\tlikes\ta\na\t\"knows\tc\n");
        Files.writeString(folder.resolve("valid.txt"), "a\tlikes\tc\n");
        assertRefused(folder + ": it holds no table test; put test.csv, test.csv.gz or test.parquet there");
        Files.writeString(folder.resolve("test.txt"), "d\tlikes\ta\n");
        try (Scratch scratch = new Scratch(Reading.standard())) {
            KnowledgeGraph graph = KnowledgeFiles.read(scratch, folder);
            assertEquals(List.of("a", "b", "c", "d"), names(scratch, true));
            assertEquals(List.of("\"knows", "likes"), names(scratch, false));
            assertEquals(4, graph.entities());
            assertEquals(1, graph.train().heads()[0]);
            assertEquals(3, graph.test().heads()[0]);
        }
        Files.writeString(folder.resolve("test.txt"), "d\tlikes\ta\na\t\tb\n");
        assertRefused(folder.resolve("test.txt") + ", row 2: a field is empty; give head, relation and tail");
    }

    private static List<String> names(Scratch scratch, boolean entities) {
        List<String> names = new ArrayList<>();
        scratch.each(KnowledgeFiles.names(entities), (row, _) -> names.add(row.getString(1)));
        return names;
    }

    private void assertRefused(String message) {
        try (Scratch scratch = new Scratch(Reading.standard())) {
            assertEquals(
                    message,
                    assertThrows(RelataException.class, () -> KnowledgeFiles.read(scratch, folder))
                            .getMessage());
        }
    }
}
