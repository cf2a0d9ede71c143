package org.relata.learn.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relata.learn.tabular.Samples.UNWEIGHTED;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.Progress;
import org.relata.database.RelataException;

class EnsembleTest {
    private static BoostedTrees trees(Samples train, Target target, long seed) {
        BoosterSettings settings = BoosterSettings.standard(
                        target.type(), train.x().rows())
                .with("rounds", 30)
                .with("learning_rate", 0.2);
        return BoostedTrees.fit(
                train.x(), train.y(), UNWEIGHTED, Optional.empty(), settings, target, seed, 1, Progress.silent());
    }

    private static LinearModel line(Samples train, Target target) {
        return LinearModel.fit(
                train.x(),
                train.y(),
                UNWEIGHTED,
                Optional.empty(),
                LinearSettings.standard().withPenalty(0.01),
                target,
                1,
                Progress.silent());
    }

    @Test
    void averagesByWeight() {
        Samples train = Samples.three(500, 1);
        BoostedTrees one = trees(train, Samples.THREE, 1);
        LinearModel two = line(train, Samples.THREE);
        try (Ensemble both = new Ensemble(List.of(new Ensemble.Member(one, 3), new Ensemble.Member(two, 1)))) {
            double[] a = one.predict(train.x())[7];
            double[] b = two.predict(train.x())[7];
            double[] mixed = both.predict(train.x())[7];
            for (int c = 0; c < 3; c++) {
                assertEquals(0.75 * a[c] + 0.25 * b[c], mixed[c], 1e-12);
            }
            int[] classes = Classes.predicted(both.predict(train.x()));
            double[][] rawOne = one.predictRaw(train.x());
            double[][] rawTwo = two.predictRaw(train.x());
            double[][] parts = both.contributions(train.x());
            for (int i = 0; i < parts.length; i++) {
                assertEquals(
                        0.75 * rawOne[i][classes[i]] + 0.25 * rawTwo[i][classes[i]],
                        Arrays.stream(parts[i]).sum(),
                        1e-6);
            }
        }
    }

    @Test
    void severalSeedsBeatTheirAverageMember() {
        Samples train = Samples.regression(400, 1);
        Samples test = Samples.regression(1000, 2);
        List<BoostedTrees> models = List.of(
                trees(train, Samples.NUMBER, 1), trees(train, Samples.NUMBER, 2), trees(train, Samples.NUMBER, 3));
        try (Ensemble all = Ensemble.of(models)) {
            double alone = models.stream()
                    .mapToDouble(m -> Samples.ABSOLUTE_ERROR.score().of(test.y(), m.predict(test.x())))
                    .average()
                    .orElseThrow();
            assertTrue(Samples.ABSOLUTE_ERROR.score().of(test.y(), all.predict(test.x())) < alone);
        }
    }

    @Test
    void readsWhatItWrote(@TempDir Path folder) throws Exception {
        Samples train = Samples.binary(400, 1);
        Path place = folder.resolve("models");
        try (Ensemble both = new Ensemble(List.of(
                new Ensemble.Member(trees(train, Samples.BINARY, 1), 2),
                new Ensemble.Member(line(train, Samples.BINARY), 1)))) {
            both.write(place);
            try (Ensemble again = Ensemble.read(place)) {
                assertArrayEquals(both.predict(train.x()), again.predict(train.x()));
            }
        }
        Path index = place.resolve("ensemble.json");
        Files.writeString(index, Files.readString(index).replace("model-2.txt", "../model-2.txt"));
        assertEquals(
                "model.damaged",
                assertThrows(RelataException.class, () -> Ensemble.read(place)).code());
        Files.delete(index);
        assertEquals(
                "model.missing",
                assertThrows(RelataException.class, () -> Ensemble.read(place)).code());
    }

    @Test
    void refusesMembersThatPredictDifferentThings() {
        Samples train = Samples.binary(200, 1);
        assertThrows(
                IllegalArgumentException.class,
                () -> Ensemble.of(List.of(line(train, Samples.BINARY), line(train, Samples.NUMBER))));
        assertThrows(IllegalArgumentException.class, () -> Ensemble.of(List.of()));
    }
}
