package org.relata.learn.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.database.task.TaskType;

class BoosterSearchTest {
    private static final BoosterSpace SPACE = new BoosterSpace(
            TaskType.REGRESSION,
            1000,
            BoosterSettings.standard(TaskType.REGRESSION, 1000).with("rounds", 50));

    private static BoosterSearch search(int candidates) {
        return new BoosterSearch(SPACE, candidates, Duration.ofHours(1), false, 3);
    }

    @Test
    void theSpaceIsWideRepeatableAndAlwaysValid() {
        for (int rows : new int[] {40, 1000, 5_000_000}) {
            for (TaskType type : TaskType.values()) {
                BoosterSpace space = new BoosterSpace(type, rows, BoosterSettings.standard(type, rows));
                int fewest = Integer.MAX_VALUE;
                int most = 0;
                for (int i = 0; i < 300; i++) {
                    BoosterSettings settings = space.candidate(1, i);
                    assertEquals(settings, space.candidate(1, i));
                    assertTrue(settings.objective().fits(type));
                    assertEquals(space.priors().getFirst().binning(), settings.binning());
                    fewest = Math.min(fewest, settings.numLeaves());
                    most = Math.max(most, settings.numLeaves());
                }
                assertEquals(2, fewest);
                assertTrue(rows < 10_000 ? most <= 20 : most > 200, rows + " rows, " + most + " leaves");
            }
        }
        assertEquals(SPACE.priors().getFirst(), SPACE.candidate(9, 0));
        assertNotEquals(SPACE.candidate(1, 1), SPACE.candidate(2, 1));
    }

    @Test
    void theFirstOfEqualsWins() {
        BoosterSearch.Result all =
                search(6).run(s -> new BoosterSearch.Evaluation(1, 10), Optional.empty(), "x", Progress.silent());
        assertEquals(0, all.best().index());
        assertEquals(6, all.tried().size());
        double[] scores = {Double.NaN, 3, 2, 2, 5, Double.NaN};
        int[] next = {0};
        BoosterSearch.Result some = search(6)
                .run(
                        s -> new BoosterSearch.Evaluation(scores[next[0]++], 10),
                        Optional.empty(),
                        "x",
                        Progress.silent());
        assertEquals(2, some.best().index());
        assertEquals(
                List.of(2, 3, 1, 4, 0, 5),
                some.top(9, false).stream().map(BoosterSearch.Candidate::index).toList());
    }

    @Test
    void goesOnWhereItsJournalEnds(@TempDir Path folder) throws Exception {
        Optional<Path> journal = Optional.of(folder.resolve("search.jsonl"));
        List<BoosterSettings> seen = new ArrayList<>();
        BoosterSearch.Evaluator evaluator = settings -> {
            seen.add(settings);
            if (seen.size() == 4) {
                throw RelataException.failure("interrupted", "x", "y", "");
            }
            return new BoosterSearch.Evaluation(settings.learningRate(), 7);
        };
        assertThrows(RelataException.class, () -> search(5).run(evaluator, journal, "data 1", Progress.silent()));
        // As a crash in the middle of a line leaves it.
        Files.writeString(journal.get(), "{\"index\":3,\"sco", StandardOpenOption.APPEND);
        BoosterSearch.Result resumed = search(5).run(evaluator, journal, "data 1", Progress.silent());
        assertEquals(6, seen.size());
        assertEquals(seen.get(3), seen.get(4));
        assertEquals(
                search(5)
                        .run(
                                s -> new BoosterSearch.Evaluation(s.learningRate(), 7),
                                Optional.empty(),
                                "data 1",
                                Progress.silent())
                        .best()
                        .settings(),
                resumed.best().settings());
        assertEquals(6, Files.readAllLines(journal.get()).size());

        search(5).run(evaluator, journal, "data 1", Progress.silent());
        assertEquals(6, seen.size());
        search(1).run(evaluator, journal, "data 2", Progress.silent());
        assertEquals(7, seen.size());
    }

    @Test
    void timeIsUpAfterTheFirst() {
        BoosterSearch.Result result = new BoosterSearch(SPACE, 50, Duration.ZERO, true, 1)
                .run(s -> new BoosterSearch.Evaluation(1, 1), Optional.empty(), "x", Progress.silent());
        assertEquals(1, result.tried().size());
        assertTrue(result.ranOutOfTime());
    }

    @Test
    void findsBetterSettingsThanPoorOnes() {
        Samples train = Samples.regression(1000, 1);
        Samples valid = Samples.regression(500, 2);
        BoosterSettings poor = SPACE.priors().getFirst().with("num_leaves", 2).with("learning_rate", 0.001);
        BoosterSearch search = new BoosterSearch(
                new BoosterSpace(TaskType.REGRESSION, 1000, poor), 8, Duration.ofMinutes(5), false, 1);
        try (BoosterData data = BoosterData.of(train.x(), train.y(), Samples.UNWEIGHTED, Samples.NUMBER, poor, 1)) {
            BoosterSearch.Result result = search.run(
                    settings -> {
                        try (BoostedTrees model = BoostedTrees.fit(
                                data,
                                Optional.of(valid.validation(Samples.ABSOLUTE_ERROR)),
                                settings,
                                1,
                                1,
                                Progress.silent())) {
                            return new BoosterSearch.Evaluation(
                                    Samples.ABSOLUTE_ERROR.score().of(valid.y(), model.predict(valid.x())),
                                    model.rounds());
                        }
                    },
                    Optional.empty(),
                    "x",
                    Progress.silent());
            assertTrue(result.best().evaluation().score()
                    < 0.7 * result.tried().getFirst().evaluation().score());
        }
    }
}
