package org.relata.learn.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.relata.algebra.value.AlgebraException;
import org.relata.learn.train.Optimizer;

/// How embeddings of a knowledge graph are trained.
///
/// @param dimension of an entity: real numbers, or complex ones
/// @param norm of distances in TransE, 1 or 2
/// @param margin γ: a distance counts as γ minus itself, so that true facts are to be nearer than γ
/// @param batch facts a step
/// @param negatives false entities for each fact
/// @param chunk how many facts share their false entities; 1 for none
/// @param temperature α of self-adversarial weights: a fact's false entities count by softmax(α · score); 0 for equally
/// @param penalty λ of the squares of a step's vectors
/// @param epochs how often all facts are seen
public record KgeSettings(
        Embedding embedding,
        int dimension,
        int norm,
        double margin,
        int batch,
        int negatives,
        int chunk,
        double temperature,
        double penalty,
        Optimizer optimizer,
        int epochs) {
    /// Checks the numbers.
    public KgeSettings {
        check(dimension >= 1, "--dim", dimension, "give at least 1");
        check(norm == 1 || norm == 2, "--norm", norm, "give 1 or 2");
        check(margin >= 0 && margin < Double.POSITIVE_INFINITY, "--margin", margin, "give 0 or more");
        check(batch >= 1, "--batch", batch, "give at least 1");
        check(negatives >= 1, "--negatives", negatives, "give at least 1");
        check(chunk >= 1, "--chunk", chunk, "give at least 1");
        check(temperature >= 0 && temperature < 1000, "--adversarial", temperature, "give 0 or more");
        check(penalty >= 0 && penalty < Double.POSITIVE_INFINITY, "--penalty", penalty, "give 0 or more");
        check(epochs >= 1, "--epochs", epochs, "give at least 1");
    }

    private static void check(boolean holds, String what, double number, String remedy) {
        if (!holds) {
            throw new AlgebraException("kge.number", what, number + " makes no sense there", remedy);
        }
    }

    /// Settings that do well: false entities shared in chunks as in DGL-KE (Zheng et al. 2020), and weighted as in
    /// RotatE
    /// (Sun et al. 2019).
    public static KgeSettings quality(Embedding embedding) {
        return switch (embedding) {
            case TRANSE -> of(embedding, 200, 1, 9, 1, 0, 0.1);
            case ROTATE -> of(embedding, 100, 2, 9, 1, 0, 0.1);
            case TRANSR -> of(embedding, 50, 2, 9, 1, 0, 0.1);
            case DISTMULT, COMPLEX -> of(embedding, 200, 2, 10, 1, 1e-5, 0.1);
        };
    }

    private static KgeSettings of(
            Embedding embedding,
            int dimension,
            int norm,
            double margin,
            double temperature,
            double penalty,
            double rate) {
        return new KgeSettings(
                embedding,
                dimension,
                norm,
                margin,
                1024,
                256,
                128,
                temperature,
                penalty,
                new Optimizer.Adagrad(rate),
                20);
    }

    /// The workload of Tang et al. (2023): false entities for each fact alone, and plain gradient descent.
    public static KgeSettings paper(Embedding embedding) {
        return new KgeSettings(embedding, 50, 2, 12, 1000, 200, 1, 0, 0, new Optimizer.Sgd(0.5), 1);
    }

    /// What a run has to have in common with one that it goes on from, by the names of the command line.
    Map<String, String> named() {
        Map<String, String> named = new LinkedHashMap<>();
        named.put("--model", embedding.label());
        named.put("--dim", Integer.toString(dimension));
        named.put("--norm", Integer.toString(norm));
        named.put("--margin", Double.toString(margin));
        named.put("--batch", Integer.toString(batch));
        named.put("--negatives", Integer.toString(negatives));
        named.put("--chunk", Integer.toString(chunk));
        named.put("--adversarial", Double.toString(temperature));
        named.put("--penalty", Double.toString(penalty));
        return named;
    }

    /// How far from 0 numbers of an entity start.
    double start() {
        return (margin + 2) / embedding.entityWidth(dimension);
    }
}
