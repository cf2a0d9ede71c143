package org.relata.learn.tabular;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.features.FeatureMatrix;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Gradient boosted trees, by LightGBM.
///
/// The same rows, settings and seed give the same model whatever the number of threads. Missing values are NaN;
/// categorical
/// features split on sets of categories, and a category not seen in training counts as missing. The model lives in
/// native
/// memory until it is closed.
public final class BoostedTrees implements TabularModel {
    static final String FORMAT = "relata-boosted-trees";
    private static final int BLOCK_VALUES = 1 << 20;

    private final LightGbm library;
    private MemorySegment handle;
    private final String text;
    private final Header header;
    private int threads;

    /// What the model file says besides the trees.
    ///
    /// @param inputs the features
    /// @param target what is predicted
    /// @param settings how it was fitted
    /// @param rounds the rounds that were kept
    /// @param seed what its randomness derived from
    /// @param center what predictions are shifted by
    /// @param scale what they are multiplied with before that
    /// @param curve the validation score after each round; NaN where not computed
    @SuppressWarnings("ArrayRecordComponent")
    private record Header(
            ModelInputs inputs,
            Target target,
            Map<String, Object> settings,
            int rounds,
            long seed,
            double center,
            double scale,
            double[] curve) {}

    private BoostedTrees(LightGbm library, String text, Header header) {
        this.library = library;
        this.text = text;
        this.header = header;
        this.handle = library.load(text);
        this.threads = Runtime.getRuntime().availableProcessors();
    }

    /// Fits trees.
    ///
    /// @param train the features of the training rows
    /// @param y one label a row
    /// @param weight one weight a row; empty for all 1
    /// @param validation the rows that decide how many rounds are kept; without them all of `settings.rounds()` are
    /// @param settings how to fit
    /// @param target what the labels are
    /// @param seed what all randomness derives from
    /// @param threads how many threads may work
    /// @param progress hears of every round
    /// @throws RelataException when rows or labels cannot be learned from, when the thread is interrupted (code
    ///     `interrupted`), or when LightGBM does not load
    public static BoostedTrees fit(
            FeatureMatrix train,
            double[] y,
            double[] weight,
            Optional<ValidationSet> validation,
            BoosterSettings settings,
            Target target,
            long seed,
            int threads,
            Progress progress) {
        try (BoosterData data = BoosterData.of(train, y, weight, target, settings, threads)) {
            return fit(data, validation, settings, seed, threads, progress);
        }
    }

    /// Fits trees on rows that were binned before, which later fits can use again. Arguments as above.
    public static BoostedTrees fit(
            BoosterData train,
            Optional<ValidationSet> validation,
            BoosterSettings settings,
            long seed,
            int threads,
            Progress progress) {
        return fit(train, validation, settings, seed, threads, Deadline.none(), progress);
    }

    /// Fits trees by a deadline. Arguments as above.
    ///
    /// @param deadline when rounds end although validation rows still gain by more; without those it does not count
    public static BoostedTrees fit(
            BoosterData train,
            Optional<ValidationSet> validation,
            BoosterSettings settings,
            long seed,
            int threads,
            Deadline deadline,
            Progress progress) {
        if (!train.binning().equals(settings.binning())) {
            throw new IllegalArgumentException("the data was binned with " + train.binning());
        }
        if (!settings.objective().fits(train.target().type())) {
            throw RelataException.usage(
                    "booster.setting",
                    "objective",
                    settings.objective().label() + " does not fit a "
                            + train.target().type().label() + " target",
                    "use " + Objective.standard(train.target().type()).label());
        }
        Boosting.Outcome outcome = Boosting.run(train, validation, settings, seed, threads, deadline, progress);
        Header header = new Header(
                train.inputs(),
                train.target(),
                settings.toMap(),
                outcome.rounds(),
                seed,
                train.center(),
                train.scale(),
                outcome.curve());
        BoostedTrees model = new BoostedTrees(LightGbm.library(), outcome.text(), header);
        model.threads = threads;
        return model;
    }

    /// Lets so many threads work on predictions from now on: as many as fitted it, or all processors for a model that
    /// was read.
    public void threads(int newThreads) {
        threads = newThreads;
    }

    /// How many rounds the model keeps: those up to the best validation score.
    public int rounds() {
        return header.rounds();
    }

    /// The validation score after each round that was run, NaN where it was not computed; empty without validation
    /// rows.
    public double[] curve() {
        return header.curve().clone();
    }

    /// The settings it was fitted with.
    public BoosterSettings settings() {
        return BoosterSettings.fromMap(header.settings());
    }

    @Override
    public Target target() {
        return header.target();
    }

    /// The total loss reduction of the splits on each feature, in the order of the features; 0 for features not used.
    public double[] gains() {
        return library.gains(handle(), header.inputs().width());
    }

    @Override
    public double[][] predict(FeatureMatrix x) {
        int outputs = header.target().outputs();
        double[][] predictions = run(x, LightGbm.PREDICT_NORMAL, outputs);
        rescale(predictions, outputs);
        return predictions;
    }

    @Override
    public double[][] predictRaw(FeatureMatrix x) {
        int outputs = header.target().outputs();
        double[][] predictions = run(x, LightGbm.PREDICT_RAW, outputs);
        rescale(predictions, outputs);
        return predictions;
    }

    private void rescale(double[][] predictions, int outputs) {
        for (double[] row : predictions) {
            for (int i = 0; i < outputs; i++) {
                row[i] = row[i] * header.scale() + header.center();
            }
        }
    }

    @Override
    public double[][] contributions(FeatureMatrix x, int[] classes) {
        int outputs = header.target().outputs();
        int entries = header.inputs().width() + 1;
        double[][] result = new double[x.rows()][];
        // All classes of a block exist at once; only the chosen class of each row is kept.
        int block = Math.clamp(BLOCK_VALUES / ((long) outputs * entries), 1, Math.max(1, x.rows()));
        FeatureMatrix aligned = header.inputs().align(x);
        for (int first = 0; first < x.rows(); first += block) {
            int count = Math.min(block, x.rows() - first);
            double[][] all = run(aligned, first, count, LightGbm.PREDICT_CONTRIBUTIONS, outputs * entries);
            for (int i = 0; i < count; i++) {
                int chosen = outputs == 1 ? 0 : classes[first + i];
                double[] row = Arrays.copyOfRange(all[i], chosen * entries, (chosen + 1) * entries);
                for (int f = 0; f < entries; f++) {
                    row[f] *= header.scale();
                }
                row[entries - 1] += header.center();
                result[first + i] = row;
            }
        }
        return result;
    }

    private double[][] run(FeatureMatrix x, int kind, int numbers) {
        FeatureMatrix aligned = header.inputs().align(x);
        double[][] out = new double[x.rows()][];
        int block = Math.clamp(BLOCK_VALUES / header.inputs().width(), 1, Math.max(1, x.rows()));
        for (int first = 0; first < x.rows(); first += block) {
            int count = Math.min(block, x.rows() - first);
            System.arraycopy(run(aligned, first, count, kind, numbers), 0, out, first, count);
        }
        return out;
    }

    private double[][] run(FeatureMatrix x, int first, int count, int kind, int numbers) {
        int width = x.width();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment block = arena.allocate(JAVA_FLOAT, (long) count * width);
            for (int f = 0; f < width; f++) {
                MemorySegment.copy(x.column(f), first, block, JAVA_FLOAT, 4L * f * count, count);
            }
            MemorySegment out = arena.allocate(JAVA_DOUBLE, (long) count * numbers);
            library.predict(handle(), block, count, width, kind, "verbosity=-1 num_threads=" + threads, out);
            double[][] rows = new double[count][numbers];
            for (int i = 0; i < count; i++) {
                MemorySegment.copy(out, JAVA_DOUBLE, 8L * i * numbers, rows[i], 0, numbers);
            }
            return rows;
        }
    }

    @Override
    public void write(Path file) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("target", header.target());
        header.inputs().writeTo(json);
        json.put("settings", header.settings());
        json.put("rounds", header.rounds());
        json.put("seed", header.seed());
        json.put("center", header.center());
        json.put("scale", header.scale());
        json.put(
                "curve",
                Arrays.stream(header.curve()).mapToObj(Double::toString).toList());
        ModelFile.write(file, FORMAT, json, text);
    }

    /// Reads a model that [#write(Path)] wrote.
    ///
    /// @throws RelataException when the file is missing, damaged or no boosted-trees model
    /// @throws IOException when it cannot be read
    public static BoostedTrees read(Path file) throws IOException {
        return of(file, ModelFile.read(file));
    }

    static BoostedTrees of(Path file, ModelFile content) {
        JsonNode json = content.header();
        if (!json.path("format").asString("").equals(FORMAT)) {
            throw ModelFile.damaged(file, "it is not a boosted-trees model");
        }
        Header header;
        try {
            header = new Header(
                    ModelInputs.read(json),
                    ModelFile.JSON.treeToValue(json.path("target"), Target.class),
                    ModelFile.JSON.treeToValue(json.path("settings"), new tools.jackson.core.type.TypeReference<>() {}),
                    json.path("rounds").asInt(),
                    json.path("seed").asLong(),
                    json.path("center").asDouble(),
                    json.path("scale").asDouble(),
                    json.path("curve")
                            .valueStream()
                            .mapToDouble(v -> Double.parseDouble(v.asString()))
                            .toArray());
        } catch (JacksonException | IllegalArgumentException e) {
            throw ModelFile.damaged(file, "its first line is not as expected").causedBy(e);
        }
        return new BoostedTrees(LightGbm.library(), content.body(), header);
    }

    private MemorySegment handle() {
        if (handle.equals(MemorySegment.NULL)) {
            throw new IllegalStateException("the model was closed");
        }
        return handle;
    }

    @Override
    public void close() {
        if (!handle.equals(MemorySegment.NULL)) {
            MemorySegment open = handle;
            handle = MemorySegment.NULL;
            library.freeBooster(open);
        }
    }
}
