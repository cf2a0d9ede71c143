package org.relata.learn.tabular;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import org.relata.database.Progress;
import org.relata.database.RelataException;

/// The boosting loop: round after round, watched by a validation set, stopped by patience, a deadline or interruption.
final class Boosting {
    /// Above so many validation rows a score is computed only every few rounds.
    private static final int ROWS_SCORED_EACH_ROUND = 50_000;

    private static final int MOST_ROUNDS_BETWEEN_SCORES = 10;

    private static final long VALUES_WORTH_A_THREAD = 200_000;

    private static final int ATTEMPTS_TO_SPLIT = 50;

    private Boosting() {}

    /// What a run of the loop left.
    ///
    /// @param text the model
    /// @param rounds the rounds it keeps
    /// @param curve the validation score after each round that was run, NaN where it was not computed; empty without
    /// validation
    @SuppressWarnings("ArrayRecordComponent")
    record Outcome(String text, int rounds, double[] curve) {}

    static Outcome run(
            BoosterData train,
            Optional<ValidationSet> validation,
            BoosterSettings settings,
            long seed,
            int threads,
            Deadline deadline,
            Progress progress) {
        LightGbm library = LightGbm.library();
        // Threads that wait for each other cost more than they bring on little data; the model is the same with any
        // number.
        long values = (long) train.rows() * train.inputs().width();
        int useful = (int) Math.clamp(values / VALUES_WORTH_A_THREAD, 1, threads);
        MemorySegment booster = library.booster(train.handle(), settings.toParameters(train.target(), seed, useful));
        try {
            if (validation.isEmpty()) {
                int rounds = plain(library, booster, settings, progress);
                return new Outcome(library.save(booster, rounds), rounds, new double[0]);
            }
            library.addValidation(booster, train.binned(validation.get().x()));
            return watched(library, booster, train, validation.get(), settings, deadline, progress);
        } finally {
            library.freeBooster(booster);
        }
    }

    private static int plain(LightGbm library, MemorySegment booster, BoosterSettings settings, Progress progress) {
        progress.begin("boosting", settings.rounds());
        int round = 0;
        while (round < settings.rounds()) {
            if (!grow(library, booster)) {
                break;
            }
            round = library.iterations(booster);
            progress.done(round);
        }
        return library.iterations(booster);
    }

    /// Adds a round. One that finds no split adds nothing, but the next draws other rows and features.
    ///
    /// @return whether a round was added
    private static boolean grow(LightGbm library, MemorySegment booster) {
        for (int attempt = 0; attempt < ATTEMPTS_TO_SPLIT; attempt++) {
            checkInterrupted();
            if (!library.update(booster)) {
                return true;
            }
        }
        return false;
    }

    private static Outcome watched(
            LightGbm library,
            MemorySegment booster,
            BoosterData train,
            ValidationSet validation,
            BoosterSettings settings,
            Deadline deadline,
            Progress progress) {
        Scorer scorer = validation.scorer();
        int rows = validation.x().rows();
        int outputs = train.target().outputs();
        int stride = Math.clamp(rows / ROWS_SCORED_EACH_ROUND, 1, MOST_ROUNDS_BETWEEN_SCORES);
        // One more: where the first attempt finds no split, LightGBM keeps a constant and counts it as a round.
        double[] curve = new double[settings.rounds() + 1];
        Arrays.fill(curve, Double.NaN);
        double best = Double.NaN;
        int bestRound = 0;
        int round = 0;
        progress.begin("boosting", settings.rounds());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment raw = arena.allocate(JAVA_DOUBLE, Math.max(1L, (long) rows * outputs));
            double[][] predictions = new double[rows][outputs];
            boolean finished = false;
            while (round < settings.rounds() && !finished) {
                finished = !grow(library, booster);
                round = library.iterations(booster);
                if (finished || round % stride == 0 || round == settings.rounds()) {
                    library.validationPredictions(booster, raw);
                    for (int c = 0; c < outputs; c++) {
                        for (int i = 0; i < rows; i++) {
                            double value = raw.getAtIndex(JAVA_DOUBLE, (long) c * rows + i);
                            predictions[i][c] = value * train.scale() + train.center();
                        }
                    }
                    double score = scorer.score().of(validation.y(), predictions);
                    curve[round - 1] = score;
                    if (bestRound == 0 || scorer.better(score, best)) {
                        best = score;
                        bestRound = round;
                    }
                }
                progress.done(round);
                if (settings.earlyStoppingRounds() > 0 && round - bestRound >= settings.earlyStoppingRounds()) {
                    break;
                }
                if (bestRound > 0 && deadline.passed()) {
                    break;
                }
            }
        }
        return new Outcome(library.save(booster, bestRound), bestRound, Arrays.copyOf(curve, round));
    }

    private static void checkInterrupted() {
        if (Thread.interrupted()) {
            throw RelataException.failure("interrupted", "boosting", "it was interrupted", "run it again to go on");
        }
    }
}
