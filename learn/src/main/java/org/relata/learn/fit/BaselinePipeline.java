package org.relata.learn.fit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.task.TaskRows;
import org.relata.features.EntityTimes;
import org.relata.features.FeatureMatrix;
import org.relata.learn.baseline.FittedBaseline;
import tools.jackson.databind.json.JsonMapper;

/// A trivial baseline as a pipeline: no features, no reasons.
final class BaselinePipeline implements FittedPipeline {
    static final String KIND = "baseline";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final FittedBaseline baseline;
    private final List<String> classes;

    BaselinePipeline(FittedBaseline baseline, List<String> classes) {
        this.baseline = baseline;
        this.classes = List.copyOf(classes);
    }

    /// What the pipeline's own file holds.
    ///
    /// @param kind `baseline`
    /// @param classes the class names
    record Header(String kind, List<String> classes) {}

    @Override
    public double[][] predict(Database database, EntityTimes rows, Progress progress) {
        return baseline.predict(new TaskRows(rows.entity(), rows.seed(), new double[0]));
    }

    @Override
    public Explanation explain(Database database, EntityTimes rows, Progress progress) {
        FeatureMatrix none = new FeatureMatrix(List.of(), new float[0][], List.of(), rows.size());
        double[][] predictions = predict(database, rows, progress);
        double[][] contributions = new double[rows.size()][1];
        for (int i = 0; i < contributions.length; i++) {
            contributions[i][0] = predictions[i][0];
        }
        return new Explanation(none, predictions, contributions);
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public String featureSql() {
        return "-- " + baseline.baseline().label() + " reads past labels only and has no features\n";
    }

    @Override
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        baseline.write(folder.resolve("baseline.json"));
        Files.writeString(folder.resolve("pipeline.json"), JSON.writeValueAsString(new Header(KIND, classes)));
    }

    static BaselinePipeline read(Path folder) throws IOException {
        Header header = JSON.readValue(Files.readString(folder.resolve("pipeline.json")), Header.class);
        return new BaselinePipeline(FittedBaseline.read(folder.resolve("baseline.json")), header.classes());
    }

    @Override
    public void close() {}
}
