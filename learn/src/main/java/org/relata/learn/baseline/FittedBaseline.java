package org.relata.learn.baseline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.relata.database.RelataException;
import org.relata.database.task.TaskRows;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A baseline that has seen labels.
public final class FittedBaseline {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Baseline baseline;
    private final long seed;
    private final double[] global;
    private final EntityLabels entities;

    FittedBaseline(Baseline baseline, long seed, double[] global, EntityLabels entities) {
        this.baseline = baseline;
        this.seed = seed;
        this.global = global;
        this.entities = entities;
    }

    /// Which baseline it is.
    public Baseline baseline() {
        return baseline;
    }

    /// Predictions for rows; their labels are not read.
    ///
    /// @return `[rows][outputs]`: a value, a probability of class 1, or C scores
    public double[][] predict(TaskRows rows) {
        double[][] predictions = new double[rows.size()][];
        for (int i = 0; i < predictions.length; i++) {
            predictions[i] = baseline == Baseline.RANDOM
                    ? chance(rows.entity()[i], rows.seed()[i])
                    : entities.of(rows.entity()[i]).orElse(global).clone();
        }
        return predictions;
    }

    /// Writes the baseline as one JSON file: aside first, then renamed.
    ///
    /// @throws IOException when the file cannot be written
    public void write(Path file) throws IOException {
        Path aside = Files.createTempFile(
                Objects.requireNonNull(file.toAbsolutePath().getParent()), ".baseline", ".part");
        try {
            Stored stored = new Stored(baseline, seed, global, entities.entities(), entities.predictions());
            Files.writeString(aside, JSON.writeValueAsString(stored));
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /// Reads a baseline that [#write(Path)] wrote.
    ///
    /// @throws IOException when the file cannot be read
    /// @throws RelataException `baseline.file` when it is not such a file
    public static FittedBaseline read(Path file) throws IOException {
        try {
            Stored stored = JSON.readValue(Files.readString(file), Stored.class);
            return new FittedBaseline(
                    stored.baseline, stored.seed, stored.global, new EntityLabels(stored.entities, stored.predictions));
        } catch (JacksonException e) {
            throw RelataException.usage(
                            "baseline.file", file.toString(), "is not a baseline that Relata wrote", "fit again")
                    .causedBy(e);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // what the file holds, never compared
    private record Stored(Baseline baseline, long seed, double[] global, long[] entities, double[][] predictions) {}

    /// Chance that depends on the row and not on its place among others.
    private double[] chance(long entity, long time) {
        SplittableRandom random = new SplittableRandom(mix(mix(mix(seed) ^ entity) ^ time));
        double[] scores = new double[global.length];
        Arrays.setAll(scores, i -> random.nextDouble());
        if (scores.length > 1) {
            double sum = Arrays.stream(scores).sum();
            Arrays.setAll(scores, i -> scores[i] / sum);
        }
        return scores;
    }

    /// The finaliser of splitmix64: spreads every bit over all others.
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
