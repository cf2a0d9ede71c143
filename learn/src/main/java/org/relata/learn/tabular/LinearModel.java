package org.relata.learn.tabular;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.relata.database.Progress;
import org.relata.database.task.TaskType;
import org.relata.features.FeatureMatrix;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/// Ridge, logistic or multinomial logistic regression on standardised features: the plain model that trees must beat.
///
/// Numbers are shifted and scaled by their quartiles, their tails bent like a logarithm, then centred; missing values
/// count as
/// the mean and have an indicator; categories become indicators. The same rows, settings and seed give the same model.
public final class LinearModel implements TabularModel {
    static final String FORMAT = "relata-linear";
    private static final double TOLERANCE = 1e-7;
    private static final int BLOCK_ROWS = 4096;

    private final ModelInputs inputs;
    private final Target target;
    private final List<LinearColumn> columns;
    private final double[] parameters;
    private final double penalty;
    private final double center;
    private final double scale;

    private LinearModel(
            ModelInputs inputs,
            Target target,
            List<LinearColumn> columns,
            double[] parameters,
            double penalty,
            double center,
            double scale) {
        this.inputs = inputs;
        this.target = target;
        this.columns = List.copyOf(columns);
        this.parameters = parameters;
        this.penalty = penalty;
        this.center = center;
        this.scale = scale;
    }

    /// Fits a linear model.
    ///
    /// @param train the features of the training rows
    /// @param y one label a row
    /// @param weight one weight a row; empty for all 1
    /// @param validation the rows that choose among the penalties; without them the last penalty of the path is used
    /// @param settings the penalties and the bounds
    /// @param target what the labels are
    /// @param seed what the choice of rows derives from, when there are more than the bounds allow
    /// @param progress hears of every penalty
    /// @throws RelataException when rows or labels cannot be learned from, or when the thread is interrupted
    public static LinearModel fit(
            FeatureMatrix train,
            double[] y,
            double[] weight,
            Optional<ValidationSet> validation,
            LinearSettings settings,
            Target target,
            long seed,
            Progress progress) {
        return fit(train, y, weight, validation, settings, target, seed, Deadline.none(), progress);
    }

    /// Fits by a deadline. Arguments as above.
    ///
    /// @param deadline when no further penalty is tried
    public static LinearModel fit(
            FeatureMatrix train,
            double[] y,
            double[] weight,
            Optional<ValidationSet> validation,
            LinearSettings settings,
            Target target,
            long seed,
            Deadline deadline,
            Progress progress) {
        Labels.check(train.rows(), train.width(), y, weight, target);
        LinearDesign design = LinearDesign.learn(train, y, target, settings, seed);
        double[] labels = Arrays.stream(design.rows()).mapToDouble(i -> y[i]).toArray();
        double[] weights = weight.length == 0
                ? weight
                : Arrays.stream(design.rows()).mapToDouble(i -> weight[i]).toArray();
        double center = 0;
        double scale = 1;
        if (target.type() == TaskType.REGRESSION) {
            double mean = Arrays.stream(labels).average().orElse(0);
            center = mean;
            double variance = Arrays.stream(labels)
                    .map(v -> (v - mean) * (v - mean))
                    .average()
                    .orElse(0);
            scale = variance > 0 ? Math.sqrt(variance) : 1;
            for (int i = 0; i < labels.length; i++) {
                labels[i] = (labels[i] - center) / scale;
            }
        }
        LinearLoss loss = new LinearLoss(design.values(), labels, weights, target.type(), target.outputs());
        double[] parameters = new double[loss.parameters()];
        ModelInputs inputs = ModelInputs.of(train);
        Optional<LinearModel> best = Optional.empty();
        double bestScore = Double.NaN;
        progress.begin("linear model", settings.penalties().size());
        int done = 0;
        for (double penalty : settings.penalties()) {
            loss.penalty(penalty);
            Lbfgs.minimise(loss::at, parameters, settings.maxIterations(), TOLERANCE);
            LinearModel model =
                    new LinearModel(inputs, target, design.columns(), parameters.clone(), penalty, center, scale);
            if (validation.isPresent()) {
                ValidationSet rows = validation.get();
                double score = rows.scorer().score().of(rows.y(), model.predict(rows.x()));
                if (best.isEmpty() || rows.scorer().better(score, bestScore)) {
                    best = Optional.of(model);
                    bestScore = score;
                }
            } else {
                best = Optional.of(model);
            }
            progress.done(++done);
            if (deadline.passed()) {
                break;
            }
        }
        return best.orElseThrow();
    }

    /// The penalty that was chosen.
    public double penalty() {
        return penalty;
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public double[][] predict(FeatureMatrix x) {
        double[][] scores = predictRaw(x);
        for (double[] row : scores) {
            switch (target.type()) {
                case REGRESSION -> {}
                case BINARY_CLASSIFICATION -> row[0] = LinearLoss.sigmoid(row[0]);
                case MULTICLASS_CLASSIFICATION -> {
                    double largest = Arrays.stream(row).max().orElse(0);
                    double sum = 0;
                    for (int c = 0; c < row.length; c++) {
                        row[c] = Math.exp(row[c] - largest);
                        sum += row[c];
                    }
                    for (int c = 0; c < row.length; c++) {
                        row[c] /= sum;
                    }
                }
            }
        }
        return scores;
    }

    @Override
    public double[][] predictRaw(FeatureMatrix x) {
        FeatureMatrix aligned = inputs.align(x);
        int outputs = target.outputs();
        double[][] result = new double[x.rows()][outputs];
        for (int first = 0; first < x.rows(); first += BLOCK_ROWS) {
            int[] rows = IntStream.range(first, Math.min(first + BLOCK_ROWS, x.rows()))
                    .toArray();
            float[][] block = LinearDesign.encode(columns, aligned, rows);
            for (int c = 0; c < outputs; c++) {
                double[] scores = LinearLoss.scores(block, rows.length, parameters, c * (columns.size() + 1));
                for (int i = 0; i < rows.length; i++) {
                    result[first + i][c] = scores[i] * scale + center;
                }
            }
        }
        return result;
    }

    @Override
    public double[][] contributions(FeatureMatrix x, int[] classes) {
        FeatureMatrix aligned = inputs.align(x);
        int size = columns.size();
        double[][] result = new double[x.rows()][inputs.width() + 1];
        for (int i = 0; i < x.rows(); i++) {
            int at = (target.outputs() == 1 ? 0 : classes[i]) * (size + 1);
            double[] row = result[i];
            for (int j = 0; j < size; j++) {
                LinearColumn column = columns.get(j);
                // As predictions see it: the encoded value as a float.
                float encoded = (float) column.encode(aligned.column(column.feature())[i]);
                row[column.feature()] += parameters[at + j] * encoded * scale;
            }
            row[inputs.width()] = parameters[at + size] * scale + center;
        }
        return result;
    }

    @Override
    public void write(Path file) throws IOException {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("target", target);
        inputs.writeTo(header);
        header.put("penalty", penalty);
        header.put("center", center);
        header.put("scale", scale);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("columns", columns);
        body.put("parameters", parameters);
        ModelFile.write(file, FORMAT, header, ModelFile.JSON.writeValueAsString(body));
    }

    /// Reads a model that [#write(Path)] wrote.
    ///
    /// @throws RelataException when the file is missing, damaged or no linear model
    /// @throws IOException when it cannot be read
    public static LinearModel read(Path file) throws IOException {
        return of(file, ModelFile.read(file));
    }

    static LinearModel of(Path file, ModelFile content) {
        JsonNode header = content.header();
        if (!header.path("format").asString("").equals(FORMAT)) {
            throw ModelFile.damaged(file, "it is not a linear model");
        }
        try {
            JsonNode body = ModelFile.JSON.readTree(content.body());
            return new LinearModel(
                    ModelInputs.read(header),
                    ModelFile.JSON.treeToValue(header.path("target"), Target.class),
                    ModelFile.JSON.treeToValue(body.path("columns"), new TypeReference<List<LinearColumn>>() {}),
                    ModelFile.JSON.treeToValue(body.path("parameters"), double[].class),
                    header.path("penalty").asDouble(),
                    header.path("center").asDouble(),
                    header.path("scale").asDouble());
        } catch (JacksonException e) {
            throw ModelFile.damaged(file, "it is not as expected").causedBy(e);
        }
    }

    /// Frees nothing: the model lives on the heap.
    @Override
    public void close() {}
}
