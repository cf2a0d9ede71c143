package org.relata.learn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.relata.algebra.RelExpr;
import org.relata.algebra.RelationType;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.run.Program;
import org.relata.algebra.run.Runner;
import org.relata.algebra.run.TrainingState;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.engine.EngineOptions;
import org.relata.engine.EngineRunner;
import org.relata.learn.train.TrainingResult.Stop;
import org.relata.sql.model.Model;

/// The training loop, on logistic regression in the reference interpreter.
class TrainerTest {
    private static final double[] START = {0.1, -0.2, 0.3, 0};

    private final Memory state = new Memory();
    private final Notes notes = new Notes();

    @Test
    void itDoesWhatALoopOverArraysDoes() {
        TrainingResult result = train(new TrainingOptions(new Optimizer.Sgd(0.01), 30));
        double[] theta = START.clone();
        List<Double> losses = new ArrayList<>();
        for (int epoch = 0; epoch < 30; epoch++) {
            losses.add(plainStep(theta, 0.01, 0, Logistic.ROWS));
        }
        assertArrayEquals(theta, numbers(result), 1e-12);
        assertArrayEquals(
                losses.stream().mapToDouble(Double::doubleValue).toArray(),
                result.history().stream().mapToDouble(Double::doubleValue).toArray(),
                1e-9);
        assertEquals(plainStep(theta, 0, 0, Logistic.ROWS), result.loss(), 1e-9);
        assertEquals(Stop.FINISHED, result.stop());
        assertEquals(30, result.steps());
    }

    @Test
    void everyOptimiserLowersTheLoss() {
        for (Optimizer optimizer : List.of(
                new Optimizer.Sgd(0.02),
                new Optimizer.Momentum(0.005),
                new Optimizer.Adagrad(0.3),
                new Optimizer.Adam(0.1))) {
            TrainingResult result = train(new TrainingOptions(optimizer, 60));
            assertTrue(result.loss() < 0.6 * result.history().getFirst(), optimizer + ": " + result);
            state.clear();
        }
    }

    @Test
    void batchesAreRangesInAnOrderThatTheSeedSays() {
        TrainingOptions options = new TrainingOptions(new Optimizer.Sgd(0.01), 3)
                .batches(Batches.parse("y:25"))
                .seed(5);
        TrainingResult result = train(options);
        // 60 rows in ranges of at least 25: 0–24, 25–49, 50–59.
        int[] cuts = {0, 25, 50, 60};
        double[] theta = START.clone();
        Runner runner = Logistic.runner();
        BatchPlan plan = BatchPlan.of(runner, Logistic.model(), options.batches());
        for (long epoch = 0; epoch < 3; epoch++) {
            int[] order = plan.order(5, epoch);
            assertArrayEquals(new int[] {0, 1, 2}, IntStream.of(order).sorted().toArray());
            for (int range : order) {
                plainStep(theta, 0.01, cuts[range], cuts[range + 1]);
            }
        }
        assertArrayEquals(theta, numbers(result), 1e-12);
        assertEquals(9, result.steps());
        assertEquals(Logistic.ROWS, runner.read("y").size());
    }

    @Test
    void everyRelationOfABatchedTableIsCut() {
        TrainingResult result = train(new TrainingOptions(new Optimizer.Sgd(0.01), 2).batches(Batches.parse("x:100")));
        assertEquals(6, result.steps(), "240 tuples of x in ranges of at least 100: 25 rows of 4, twice, and the rest");
    }

    @Test
    void samplesAreDrawnAgain() {
        BatchPlan plan = BatchPlan.of(Logistic.runner(), Logistic.model(), Optional.of(Batches.parse("y:1:sample")));
        int[] order = plan.order(0, 0);
        assertEquals(60, order.length);
        assertTrue(IntStream.of(order).distinct().count() < 60, "some twice, some not at all");
        assertFalse(java.util.Arrays.equals(order, plan.order(0, 1)));
    }

    @Test
    void goingOnGivesTheNumbersOfGoingThrough() {
        for (Optimizer optimizer : List.of(
                new Optimizer.Sgd(0.02),
                new Optimizer.Momentum(0.005),
                new Optimizer.Adagrad(0.3),
                new Optimizer.Adam(0.1))) {
            TrainingOptions options = new TrainingOptions(optimizer, 5)
                    .batches(Batches.parse("y:25"))
                    .checkpointEvery(2);
            TrainingResult through = train(options);
            state.clear();
            for (int cut = 1; cut < 15; cut++) {
                Stopper stopper = new Stopper(cut);
                TrainingResult stopped = new Trainer(Logistic.runner(), Logistic.model(), options, state, stopper)
                        .train(() -> Logistic.start(START));
                assertEquals(Stop.INTERRUPTED, stopped.stop());
                assertEquals(cut, stopped.steps());
                TrainingResult resumed = new Trainer(Logistic.runner(), Logistic.model(), options, state, notes)
                        .train(() -> {
                            throw new AssertionError("the saved state says where to start");
                        });
                assertEquals(through.parameters(), resumed.parameters(), "cut after step " + cut);
                assertEquals(through.history(), resumed.history());
                assertEquals(through.loss(), resumed.loss());
                state.clear();
            }
        }
    }

    @Test
    void aStateOfOtherOptionsIsNotGoneOnFrom() {
        new Trainer(
                        Logistic.runner(),
                        Logistic.model(),
                        new TrainingOptions(new Optimizer.Adam(0.1), 5),
                        state,
                        new Stopper(2))
                .train(() -> Logistic.start(START));
        AlgebraException error =
                assertThrows(AlgebraException.class, () -> train(new TrainingOptions(new Optimizer.Adam(0.2), 5)));
        assertEquals(
                "the saved state: it is of an unfinished run with --lr 0.1, not 0.2; give its options to go on from it, or"
                        + " start afresh",
                error.getMessage());
        assertEquals(
                7, train(new TrainingOptions(new Optimizer.Adam(0.1), 7)).epochs(), "more epochs are no other run");
    }

    @Test
    void patienceEndsWhatDoesNotImprove() {
        TrainingResult result =
                train(new TrainingOptions(new Optimizer.Sgd(1), 500).patience(3)); // too far, so it swings
        assertEquals(Stop.PATIENCE, result.stop());
        assertTrue(result.epochs() < 500);
        double best = result.history().stream().min(Double::compare).orElseThrow();
        assertEquals(result.epochs() - 4, result.history().indexOf(best), "three epochs after the best");
    }

    /// The loss of an epoch of one step is that of its start, so the best parameters are those of one step later.
    @Test
    void patienceGoesBackToTheBestEpoch() {
        TrainingOptions swinging = new TrainingOptions(new Optimizer.Sgd(1), 500).patience(3);
        TrainingResult result = train(swinging);
        state.clear();
        TrainingResult best = train(new TrainingOptions(new Optimizer.Sgd(1), result.epochs() - 3));
        assertEquals(best.parameters(), result.parameters());
        assertEquals(best.loss(), result.loss());
        state.clear();
        TrainingResult patientToTheEnd = train(new TrainingOptions(new Optimizer.Sgd(1), result.epochs()).patience(9));
        assertEquals(best.parameters(), patientToTheEnd.parameters(), "also where epochs are over before patience is");
    }

    @Test
    void theBestEpochIsKnownAfterGoingOn() {
        TrainingOptions swinging =
                new TrainingOptions(new Optimizer.Sgd(1), 500).patience(3).checkpointEvery(1);
        TrainingResult through = train(swinging);
        state.clear();
        long last = through.steps() - 1; // the best was before
        new Trainer(Logistic.runner(), Logistic.model(), swinging, state, new Stopper(last))
                .train(() -> Logistic.start(START));
        TrainingResult resumed = new Trainer(Logistic.runner(), Logistic.model(), swinging, state, notes).train(() -> {
            throw new AssertionError("the saved state says where to start");
        });
        assertEquals(Stop.PATIENCE, resumed.stop());
        assertEquals(through.parameters(), resumed.parameters());
    }

    @Test
    void patienceMayLookAtAnotherLoss() {
        // A validation loss that only ever rises: the sum of squares of parameters that start at zero.
        Model model = Logistic.model();
        var squares = model.parameters().getFirst().scan().map(v -> org.relata.algebra.kernel.Kernels.multiply(v, v));
        TrainingResult result = train(
                new TrainingOptions(new Optimizer.Sgd(0.001), 50).patience(2).validation(squares.sum()));
        assertEquals(Stop.PATIENCE, result.stop());
        assertTrue(result.epochs() < 50);
    }

    @Test
    void aLossThatIsNoNumberStopsWithTheStep() {
        AlgebraException error = assertThrows(
                AlgebraException.class,
                () -> new Trainer(
                                Logistic.runner(),
                                Logistic.model(),
                                new TrainingOptions(new Optimizer.Sgd(0.5), 9),
                                state,
                                notes)
                        .train(() -> Logistic.start(Double.NaN, 0, 0, 0)));
        assertEquals(
                "step 1 (epoch 1): the loss is not a number; lower the learning rate (it is 0.5), or look for a logarithm"
                        + " of 0, a division by 0 or a large exponent in the loss",
                error.getMessage());
        assertEquals(Optional.empty(), state.load(), "no state that cannot be gone on from");
    }

    @Test
    void keysThatNoGradientReachesAreNamed() {
        new Trainer(Logistic.runner(), Logistic.model(), new TrainingOptions(new Optimizer.Adam(0.1), 2), state, notes)
                .train(() -> Logistic.start(0, 0, 0, 0, 5, 6));
        assertEquals(List.of("theta: no gradient reached 2 of 6 keys"), notes.all);
        TrainingState.Saved saved = state.load().orElseThrow();
        Relation theta = saved.relations().get("theta");
        assertEquals(5, theta == null ? 0 : theta.get(Key.of(4)).orElseThrow().number(), "they stay");
    }

    @Test
    void everyOptimizerNamesThemOnce() {
        for (Optimizer optimizer : List.of(
                new Optimizer.Sgd(0.1),
                new Optimizer.Momentum(0.1),
                new Optimizer.Momentum(0.1, 0.9, 0.01),
                new Optimizer.Adagrad(0.1),
                new Optimizer.NonNegative(new Optimizer.Adam(0.1)))) {
            for (String batches : List.of("y:30", "y:30:sample")) {
                notes.all.clear();
                state.clear();
                TrainingOptions options = new TrainingOptions(optimizer, 3).batches(Batches.parse(batches));
                new Trainer(Logistic.runner(), Logistic.model(), options, state, notes)
                        .train(() -> Logistic.start(0, 0, 0, 0, 5, 6));
                assertEquals(List.of("theta: no gradient reached 2 of 6 keys"), notes.all, optimizer + " " + batches);
            }
        }
    }

    @Test
    void theEngineSaysWhatItComputesOnce() {
        try (EngineRunner runner = new EngineRunner(EngineOptions.standard().memoryBytes(1 << 24))) {
            runner.bind("x", Logistic.X);
            RelExpr x = RelExpr.scan("x", RelationType.of(Shape.SCALAR, "row", "col"));
            TrainingSetup.Hoisted setup = new TrainingSetup.Hoisted(
                    Map.of("squares", x.map(v -> Kernels.multiply(v, v))),
                    Map.of(
                            "sum",
                            RelExpr.scan("squares", RelationType.of(Shape.SCALAR, "row", "col"))
                                    .sum()));
            setup.prepare(runner, Settings.NONE);
            try (Program program = runner.compile(setup.outputs())) {
                String forecast = setup.forecast(program, runner).orElseThrow();
                assertTrue(forecast.endsWith("; 1 MiB of the relations were computed once for all steps"), forecast);
            }
        }
    }

    @Test
    void whatFadesInAnEpochDoesNotTell() {
        assertEquals(Optional.of("moment2"), new Optimizer.Adam(0.1).trace(10_000));
        assertEquals(Optional.empty(), new Optimizer.Adam(0.1).trace(20_000));
        assertEquals(Optional.of("velocity"), new Optimizer.Momentum(0.1).trace(100));
        assertEquals(Optional.empty(), new Optimizer.Momentum(0.1).trace(200));
        assertEquals(Optional.of("squares"), new Optimizer.Adagrad(0.1).trace(1_000_000));
        assertEquals(Optional.empty(), new Optimizer.Sgd(0.1).trace(1));
    }

    @Test
    void progressTellsLossAndTime() {
        List<TrainingListener.Standing> standings = new ArrayList<>();
        new Trainer(
                        Logistic.runner(),
                        Logistic.model(),
                        new TrainingOptions(new Optimizer.Adam(0.1), 2).batches(Batches.parse("y:30")),
                        state,
                        new Notes() {
                            @Override
                            public void step(Standing standing) {
                                standings.add(standing);
                            }
                        })
                .train(() -> Logistic.start(START));
        assertEquals(
                List.of(1L, 2L, 3L, 4L), standings.stream().map(s -> s.step()).toList());
        assertEquals(
                List.of(1L, 1L, 2L, 2L), standings.stream().map(s -> s.epoch()).toList());
        assertTrue(standings.stream().allMatch(s -> s.steps() == 4 && s.rate() > 0 && s.loss() > 0));
        assertTrue(standings.getLast().remaining().isZero());
    }

    @Test
    void tablesThatCannotBeCutAreRefused() {
        refused("batch z:5: the loss reads no table z; it reads x, y, theta", "z:5");
        refused("batch theta:5: the table is learned, and a step changes all of it; name a table of data", "theta:5");
        refused("batch y: it is not a table and a number of rows; write it as orders:1000, or orders:1000:sample", "y");
        refused("batch y:0: a batch needs at least one row; give more", "y:0");
    }

    @Test
    void aLossThatNothingReachesIsAnError() {
        Runner runner = Logistic.runner();
        runner.bind("y", Relation.empty(Logistic.Y.attributes(), Logistic.Y.shape()));
        AlgebraException error = assertThrows(
                AlgebraException.class,
                () -> new Trainer(runner, Logistic.model(), new TrainingOptions(new Optimizer.Sgd(1), 1), state, notes)
                        .train(() -> Logistic.start(START)));
        assertEquals("the loss: no row reaches it; check that the tables hold rows that join", error.getMessage());
    }

    @Test
    void anotherSeedIsAnotherOrder() {
        BatchPlan plan = BatchPlan.of(Logistic.runner(), Logistic.model(), Optional.of(Batches.parse("y:5")));
        assertNotEquals(java.util.Arrays.toString(plan.order(0, 0)), java.util.Arrays.toString(plan.order(1, 0)));
    }

    private static void refused(String message, String batches) {
        AlgebraException error = assertThrows(
                AlgebraException.class,
                () -> BatchPlan.of(Logistic.runner(), Logistic.model(), Optional.of(Batches.parse(batches))));
        assertEquals(message, error.getMessage());
    }

    private TrainingResult train(TrainingOptions options) {
        return new Trainer(Logistic.runner(), Logistic.model(), options, state, notes)
                .train(() -> Logistic.start(START));
    }

    private static double[] numbers(TrainingResult result) {
        Relation theta = result.parameters().get("theta");
        return theta == null ? new double[0] : Logistic.numbers(theta);
    }

    /// One step of gradient descent on some rows; gives the loss before it.
    private static double plainStep(double[] theta, double rate, int from, int to) {
        double[] gradient = new double[theta.length];
        double loss = 0;
        for (int row = from; row < to; row++) {
            double z = 0;
            for (int col = 0; col < theta.length; col++) {
                z += Logistic.X.get(Key.of(row, col)).orElseThrow().number() * theta[col];
            }
            double y = Logistic.Y.get(Key.of(row)).orElseThrow().number();
            loss += Math.log1p(Math.exp(z)) - y * z;
            for (int col = 0; col < theta.length; col++) {
                gradient[col] += (1 / (1 + Math.exp(-z)) - y)
                        * Logistic.X.get(Key.of(row, col)).orElseThrow().number();
            }
        }
        for (int col = 0; col < theta.length; col++) {
            theta[col] -= rate * gradient[col];
        }
        return loss;
    }

    private static final class Memory implements TrainingState {
        private Optional<Saved> saved = Optional.empty();

        @Override
        public Optional<Saved> load() {
            return saved;
        }

        @Override
        public void save(Saved next) {
            saved = Optional.of(next);
        }

        @Override
        public void clear() {
            saved = Optional.empty();
        }
    }

    private static class Notes implements TrainingListener {
        final List<String> all = new ArrayList<>();

        @Override
        public void begin(long done, long steps) {}

        @Override
        public void step(Standing standing) {}

        @Override
        public void epoch(long epoch, double loss) {}

        @Override
        public void note(String message) {
            all.add(message);
        }
    }

    /// Interrupts its thread after some steps, as Ctrl-C does.
    private static final class Stopper extends Notes {
        private final long after;

        Stopper(long after) {
            this.after = after;
        }

        @Override
        public void step(Standing standing) {
            if (standing.step() == after) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
