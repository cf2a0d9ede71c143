package org.relata.learn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.relata.algebra.run.ReferenceRunner;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.Relation;
import org.relata.database.RelataException;
import org.relata.engine.EngineOptions;
import org.relata.engine.EngineRunner;
import org.relata.engine.memory.Precision;
import org.relata.learn.train.TrainingListener;

class GcnTrainingTest {
    private static final Reading READING = Reading.standard();
    private static final GcnSettings SMALL = new GcnSettings(8, true, 0.2, 0.2, 5e-4, 0.05, 60);

    @TempDir
    Path folder;

    /// Two groups of nodes with links inside; of each group's nodes the even ones have a feature that tells the group.
    private Path twoGroups(boolean sparse) throws IOException {
        int count = 40;
        StringBuilder nodes = new StringBuilder("id,label,split\n");
        StringBuilder features = new StringBuilder(sparse ? "id,feature\n" : "id,a,b,c\n");
        StringBuilder edges = new StringBuilder("src,dst\n");
        SplittableRandom random = new SplittableRandom(3);
        for (int node = 0; node < count; node++) {
            int group = node % 4 < 2 ? 0 : 1;
            boolean tells = node % 2 == 0;
            nodes.append("n%02d,%s,%s\n"
                    .formatted(node, group == 0 ? "left" : "right", node < 8 ? "train" : node < 20 ? "val" : "test"));
            features.append(
                    sparse
                            ? "n%02d,%d\n".formatted(node, tells ? group : 2)
                            : "n%02d,%d,%d,1\n"
                                    .formatted(node, tells && group == 0 ? 1 : 0, tells && group == 1 ? 1 : 0));
            for (int link = 0; link < 3; link++) {
                int other = random.nextInt(count / 4) * 4 + group * 2 + random.nextInt(2);
                edges.append("n%02d,n%02d\n".formatted(node, other));
            }
        }
        Files.writeString(folder.resolve("nodes.csv"), nodes);
        Files.writeString(folder.resolve("features.csv"), features);
        Files.writeString(folder.resolve("edges.csv"), edges);
        return folder;
    }

    private static EngineRunner engine(Precision precision) {
        return new EngineRunner(EngineOptions.standard().precision(precision).memoryBytes(64L << 20));
    }

    private static GcnResult train(Path data, GcnSettings settings, Runner runner, Session session) {
        try (runner;
                GcnTraining training = GcnTraining.of(data, settings, 0, READING)) {
            training.bind(runner);
            return training.train(runner, session).orElseThrow();
        }
    }

    private static Session seeded(long seed) {
        return new Session(seed, TrainingListener.silent());
    }

    @Test
    void itLearnsWhichGroupANodeIsOfFromItsNeighbours() throws IOException {
        GcnResult result = train(twoGroups(true), SMALL, engine(Precision.FLOAT32), seeded(1));
        assertTrue(result.test() >= 0.9, () -> "half of the nodes say nothing by themselves: " + result.test());
        assertEquals(40, result.predicted().length);
    }

    @Test
    void featuresMayBeColumns() throws IOException {
        assertTrue(train(twoGroups(false), SMALL, engine(Precision.FLOAT32), seeded(1))
                        .test()
                >= 0.9);
    }

    @Test
    void theEngineLearnsTheNumbersOfTheReference() throws IOException {
        GcnSettings few = new GcnSettings(4, true, 0.3, 0.4, 1e-3, 0.05, 5);
        for (boolean sparse : new boolean[] {true, false}) {
            Path data = twoGroups(sparse);
            assertEquals(
                    train(data, few, new ReferenceRunner(), seeded(2)).loss(),
                    train(data, few, engine(Precision.FLOAT64), seeded(2)).loss(),
                    1e-12);
        }
    }

    /// Input dropout counts on the numbers of nodes, which samples keep; hidden units are numbered anew.
    @Test
    void samplesThatLeaveNothingOutGiveTheNumbersOfTheWholeGraph() throws IOException {
        sampledAsWhole(true, 0.3);
        sampledAsWhole(false, 0);
    }

    private void sampledAsWhole(boolean sparse, double dropout) throws IOException {
        Path data = twoGroups(sparse);
        GcnSettings whole = new GcnSettings(2, true, dropout, 0, 1e-3, 0.05, 2);
        GcnSettings samples = sampled(whole, new NeighbourBatches(8, 40, 40));
        GcnResult one = train(data, whole, new ReferenceRunner(), seeded(2));
        GcnResult other = train(data, samples, new ReferenceRunner(), seeded(2));
        assertEquals(one.loss(), other.loss(), 1e-12);
        assertArrayEquals(one.predicted(), other.predicted());
    }

    private static GcnSettings sampled(GcnSettings settings, NeighbourBatches batches) {
        return new GcnSettings(
                settings.hidden(),
                settings.biases(),
                settings.inputDropout(),
                settings.dropout(),
                settings.decay(),
                settings.rate(),
                settings.epochs(),
                Optional.of(batches));
    }

    @Test
    void stepsSeeEveryNodeToLearnFromOnceAndOnlyWhatLeadsToIt() throws IOException {
        GcnSettings samples = sampled(new GcnSettings(4, true, 0.5, 0, 0, 0.05, 1), new NeighbourBatches(3, 2, 2));
        try (Runner runner = new ReferenceRunner();
                Scratch scratch = new Scratch(READING)) {
            Graph graph = GraphFiles.read(scratch, twoGroups(false), 0);
            GraphBatches batches =
                    new GraphBatches(runner, graph, samples.batches().orElseThrow(), Layers.sampled(graph, samples));
            assertEquals(3, batches.steps(), "eight nodes");
            Relation all = graph.values().rows().relation();
            long labels = 0;
            for (int step = 0; step < 3; step++) {
                batches.show(7, 1, step);
                labels += runner.read("step_label").size();
                Relation first = runner.read("first_edge");
                Relation features = runner.read("step_node");
                Set<Object> seen = new HashSet<>();
                first.tuples().keySet().forEach(key -> seen.add(key.value(1)));
                Set<Object> given = new HashSet<>();
                features.tuples().forEach((key, value) -> {
                    given.add(key.value(0));
                    assertEquals(all.get(key), Optional.of(value));
                });
                assertTrue(given.containsAll(seen), given + " has the features of " + seen);
                Set<Object> hidden = new HashSet<>();
                first.tuples().keySet().forEach(key -> hidden.add(key.value(0)));
                runner.read("second_edge")
                        .tuples()
                        .keySet()
                        .forEach(key -> assertTrue(hidden.contains(key.value(1)), key + " comes from nowhere"));
            }
            assertEquals(8, labels);
        }
    }

    @Test
    void samplesOfTheEnginesOwnEdgesAndFeaturesAreThoseOfArrays() throws IOException {
        for (boolean sparse : new boolean[] {true, false}) {
            Path data = twoGroups(sparse);
            GcnSettings samples =
                    sampled(new GcnSettings(4, true, 0.3, 0, 1e-3, 0.05, 3), new NeighbourBatches(3, 2, 2));
            assertEquals(
                    train(data, samples, new ReferenceRunner(), seeded(2)).loss(),
                    train(data, samples, engine(Precision.FLOAT64), seeded(2)).loss(),
                    1e-12);
        }
    }

    /// Names in the order of numbers or not, numbers that start at 0 or not: what is looked up differs.
    @Test
    void whatIsStreamedIsLearnedFromAsWhatStandsInArrays() throws IOException {
        for (boolean sparse : new boolean[] {true, false}) {
            for (String names : List.of("n", "", "1")) {
                Path data = twoGroups(sparse);
                for (String file : List.of("nodes.csv", "edges.csv", "features.csv")) {
                    Path path = data.resolve(file);
                    Files.writeString(path, Files.readString(path).replaceAll("\\bn(\\d)", names + "$1"));
                }
                GcnSettings few = new GcnSettings(4, true, 0.2, 0.2, 5e-4, 0.05, 5);
                GcnResult streamed = train(data, few, engine(Precision.FLOAT32), seeded(1));
                try (EngineRunner runner = engine(Precision.FLOAT32);
                        Scratch scratch = new Scratch(READING);
                        GcnTraining training = GcnTraining.of(data, few, 0, READING)) {
                    training.bind(runner);
                    Graph graph = GraphFiles.read(scratch, data, 0);
                    graph.edges().rows().bind(runner, "edge");
                    graph.values().rows().bind(runner, sparse ? "has" : "node");
                    GcnResult arrays = training.train(runner, seeded(1)).orElseThrow();
                    assertEquals(arrays.parameters(), streamed.parameters());
                    assertArrayEquals(arrays.predicted(), streamed.predicted());
                }
            }
        }
    }

    @Test
    void oneSeedGivesOneResultAndAnotherAnother() throws IOException {
        Path data = twoGroups(true);
        GcnSettings few = new GcnSettings(8, true, 0.2, 0.2, 5e-4, 0.05, 5);
        GcnResult once = train(data, few, engine(Precision.FLOAT32), seeded(1));
        assertEquals(
                once.parameters(),
                train(data, few, engine(Precision.FLOAT32), seeded(1)).parameters());
        assertNotEquals(
                once.loss(),
                train(data, few, engine(Precision.FLOAT32), seeded(2)).loss());
    }

    @Test
    void patienceLooksAtTheNodesToChooseBy() throws IOException {
        GcnSettings swinging = new GcnSettings(8, true, 0, 0, 0, 0.5, 200);
        Session patient = new Session(0, 3, 0, Session.stateless(), TrainingListener.silent());
        assertTrue(train(twoGroups(true), swinging, engine(Precision.FLOAT32), patient)
                        .epochs()
                < 200);
    }

    /// Notes what an engine holds outside the heap after each step.
    private record Held(EngineRunner runner, List<Long> bytes) implements TrainingListener {
        static Held by(EngineRunner runner) {
            return new Held(runner, new ArrayList<>());
        }

        @Override
        public void begin(long done, long steps) {}

        @Override
        public void step(Standing standing) {
            bytes.add(runner.memory().held());
        }

        @Override
        public void epoch(long epoch, double loss) {}

        @Override
        public void note(String message) {}
    }

    @Test
    void aThousandStepsHoldNoMoreThanTheSecond() throws IOException {
        GcnSettings whole = new GcnSettings(2, false, 0, 0.2, 0, 0.05, 1000);
        EngineRunner runner =
                new EngineRunner(EngineOptions.standard().threads(1).memoryBytes(64L << 20));
        Held held = Held.by(runner);
        train(twoGroups(false), whole, runner, new Session(0, held));
        assertEquals(1000, held.bytes.size());
        assertEquals(Set.of(held.bytes.get(1)), Set.copyOf(held.bytes.subList(1, 1000)));
    }

    @Test
    void whatASampleTakesIsGivenBack() throws IOException {
        boolean nightly = System.getProperty("relata.programs") != null;
        GcnSettings few = new GcnSettings(2, false, 0, 0, 0, 0.05, nightly ? 500 : 15);
        EngineRunner runner = engine(Precision.FLOAT32);
        Held held = Held.by(runner);
        train(twoGroups(false), sampled(few, new NeighbourBatches(4, 3, 2)), runner, new Session(1, held));
        // Samples differ in size; what stays would add up.
        List<Long> bytes = held.bytes;
        long first = Collections.max(bytes.subList(0, bytes.size() / 3));
        long last = Collections.max(bytes.subList(2 * bytes.size() / 3, bytes.size()));
        assertTrue(last < 1.1 * first, () -> first + " bytes in the first third, " + last + " in the last");
    }

    @Test
    void edgesAreNormalisedBothWaysWithLoops() throws IOException {
        Path data = twoGroups(true);
        Files.writeString(data.resolve("edges.csv"), "src,dst\nn00,n01\nn01,n00\nn01,n02\nn05,n05\n");
        try (Scratch scratch = new Scratch(READING)) {
            Rows edges = GraphFiles.read(scratch, data, 0).edges().rows();
            assertEquals(40 + 4, edges.count(), "a loop each, and two links in both directions");
            assertEquals(0, edges.keys().firstEntry().getValue()[0]);
            assertEquals(1.0 / 2, edges.values()[0], 1e-6, "n00 has its loop and n01");
            assertEquals(1 / Math.sqrt(2 * 3), edges.values()[1], 1e-6);
        }
    }

    @Test
    void whatIsWrongWithFilesIsSaid() throws IOException {
        Path data = twoGroups(true);
        Files.writeString(data.resolve("edges.csv"), "src,dst\nn00,n77\n");
        assertRefused("edges.csv, column dst: n77 is no node of nodes.csv; add it there, or leave such rows out", data);
        Files.writeString(data.resolve("edges.csv"), "src,dst\nn00,n01\n");
        Files.writeString(data.resolve("features.csv"), "id,a,b,c\nn00,1,2,3\nn01,1,2,3\nn00,1,2,3\n");
        try (EngineRunner runner = engine(Precision.FLOAT32);
                GcnTraining training = GcnTraining.of(data, SMALL, 0, READING)) {
            String said = assertThrows(RelataException.class, () -> training.bind(runner))
                    .getMessage();
            assertTrue(said.endsWith("features.csv: n00 stands there twice; give each node one row"), said);
        }
        Files.delete(data.resolve("edges.csv"));
        assertRefused(data + ": it holds no table edges; put edges.csv, edges.csv.gz or edges.parquet there", data);
        Files.writeString(data.resolve("nodes.csv"), "id,label\na,x\na,y\n");
        assertRefused("nodes.csv: a node stands there twice, or one has no name; give each node one row", data);
        Files.writeString(data.resolve("nodes.csv"), "id,kind\na,x\n");
        assertRefused("nodes.csv, column label: there is no such column; it has id, kind", data);
        assertRefused("there is no such folder; check the path", data.resolve("nowhere"));
    }

    private static void assertRefused(String end, Path data) {
        RelataException refused = assertThrows(RelataException.class, () -> GcnTraining.of(data, SMALL, 0, READING));
        assertTrue(String.valueOf(refused.getMessage()).endsWith(end), refused::getMessage);
    }

    @Test
    @EnabledIfSystemProperty(named = "relata.programs", matches = ".+", disabledReason = "ten trainings on Cora")
    void coraIsLearnedAsWellAsPublished(TestReporter reporter) {
        Path cora = shared().resolve("data/cora");
        assumeTrue(Files.isDirectory(cora), "the data is not here");
        try (Runner runner = engine(Precision.FLOAT32);
                GcnTraining training = GcnTraining.of(cora, GcnSettings.citation(), 0, READING)) {
            training.bind(runner);
            double mean = LongStream.range(0, 10)
                    .mapToDouble(seed ->
                            training.train(runner, seeded(seed)).orElseThrow().test())
                    .average()
                    .orElseThrow();
            reporter.publishEntry("mean accuracy", Double.toString(mean));
            assertTrue(mean >= 0.81, () -> "mean of ten seeds " + mean);
        }
    }

    /// The folder of shared data beside the checkout.
    private static Path shared() {
        String named = System.getProperty("relata.shared", System.getenv().getOrDefault("RELATA_SHARED", ""));
        return named.isEmpty() ? Path.of("").toAbsolutePath().getParent().resolveSibling("shared") : Path.of(named);
    }
}
