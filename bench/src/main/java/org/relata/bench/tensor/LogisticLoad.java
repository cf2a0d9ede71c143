package org.relata.bench.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.relata.algebra.value.Shape;
import org.relata.engine.EngineOptions;
import org.relata.engine.EngineRunner;
import org.relata.learn.train.Optimizer;

/// Logistic regression over a million samples of a hundred features: loss, gradient and a step of descent.
record LogisticLoad() implements TensorLoad {
    private static final int ROWS = 1_000_000;
    private static final int FEATURES = 100;

    private static final String MODEL = """
            CREATE TABLE sample (id INT PRIMARY KEY, x VECTOR[%1$d]);
            CREATE TABLE label (id INT PRIMARY KEY, y DOUBLE);
            CREATE PARAMETER TABLE theta (v VECTOR[%1$d]);

            WITH z AS (SELECT sample.id, inner_product(sample.x, theta.v) AS v FROM sample, theta)
            SELECT AVG(softplus(z.v) - label.y * z.v) AS loss FROM z JOIN label ON z.id = label.id;
            """;

    @Override
    public String name() {
        return "logreg";
    }

    private static float[] samples() {
        return Streams.uniform(301, ROWS * FEATURES, -1, 1);
    }

    private static float[] labels(float[] samples) {
        double[] theta = new double[FEATURES];
        SplittableRandom truth = new SplittableRandom(302);
        for (int feature = 0; feature < FEATURES; feature++) {
            theta[feature] = 2 * truth.nextDouble() - 1;
        }
        SplittableRandom chance = new SplittableRandom(303);
        float[] labels = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            double z = 0;
            for (int feature = 0; feature < FEATURES; feature++) {
                z += samples[row * FEATURES + feature] * theta[feature];
            }
            labels[row] = chance.nextDouble() < 1 / (1 + Math.exp(-z)) ? 1 : 0;
        }
        return labels;
    }

    @Override
    public void write(Path folder) {
        try {
            Path own = Files.createDirectories(folder.resolve("logreg"));
            float[] samples = samples();
            RawFile.write(own.resolve("x.f32"), samples);
            RawFile.write(own.resolve("y.f32"), labels(samples));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Training open(EngineOptions options) {
        EngineRunner runner = EngineTraining.runner(options);
        float[] samples = samples();
        float[] labels = labels(samples);
        runner.bindDense("sample", "id", 0, ROWS, Shape.of(FEATURES), values -> EngineTraining.fill(values, samples));
        Map<String, EngineRunner.Keys> ids = new LinkedHashMap<>();
        ids.put("id", row -> row);
        runner.bindColumns("label", ids, ROWS, Shape.SCALAR, values -> EngineTraining.fill(values, labels));
        runner.bind("theta", EngineTraining.single(Shape.of(FEATURES), new float[FEATURES]));
        return EngineTraining.of(
                runner,
                MODEL.formatted(FEATURES),
                new Optimizer.Sgd(0.1),
                UnaryOperator.identity(),
                () -> {},
                Set.of());
    }

    @Override
    public List<Peer> peers() {
        return List.of(
                new Peer("PyTorch", List.of("logreg.py", "--peer", "torch")),
                new Peer("NumPy", List.of("logreg.py", "--peer", "numpy")));
    }
}
