package org.relata.learn.fit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.database.Schema;
import org.relata.database.task.Task;
import org.relata.database.task.TaskBuilder;
import org.relata.database.task.TaskTables;
import org.relata.database.task.TaskType;
import org.relata.features.EntityTimes;
import org.relata.features.FeatureMatrix;
import org.relata.features.plan.FeaturePlan;
import org.relata.features.plan.PlanJson;
import org.relata.features.sql.FeatureRunner;
import org.relata.learn.tabular.Clamp;
import org.relata.learn.tabular.Ensemble;
import org.relata.learn.tabular.Target;
import tools.jackson.databind.json.JsonMapper;

/// A plan of features and the ensemble that reads them.
final class DfsPipeline implements FittedPipeline {
    static final String KIND = "dfs";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Task task;
    private final FeaturePlan plan;
    private final Ensemble ensemble;
    private final Target target;
    private final Optional<Clamp> clamp;
    private final boolean history;

    DfsPipeline(Task task, FeaturePlan plan, Ensemble ensemble, Target target, Optional<Clamp> clamp, boolean history) {
        this.task = task;
        this.plan = plan;
        this.ensemble = ensemble;
        this.target = target;
        this.clamp = clamp;
        this.history = history;
    }

    /// What the pipeline's own file holds; plan and models have files of their own.
    ///
    /// @param kind `dfs`
    /// @param type what a label is
    /// @param classes the class names
    /// @param clamp bounds of predictions; empty when they have none
    /// @param history whether past labels are features
    record Header(String kind, TaskType type, List<String> classes, List<Double> clamp, boolean history) {}

    @Override
    public double[][] predict(Database database, EntityTimes rows, Progress progress) {
        return DfsFit.clamped(clamp, ensemble.predict(features(database, rows, progress)));
    }

    @Override
    public Explanation explain(Database database, EntityTimes rows, Progress progress) {
        FeatureMatrix x = features(database, rows, progress);
        return new Explanation(x, DfsFit.clamped(clamp, ensemble.predict(x)), ensemble.contributions(x));
    }

    private FeatureMatrix features(Database database, EntityTimes rows, Progress progress) {
        if (history
                && database.store()
                                .count("SELECT count(*) FROM information_schema.tables WHERE table_name = "
                                        + org.relata.database.Sql.text(LabelHistory.tableName(task)))
                        == 0) {
            Schema schema = database.schema();
            TaskTables tables = TaskBuilder.build(database, task, Progress.silent());
            LabelHistory.install(database, schema, task, List.of(tables.train(), tables.validation()));
        }
        return new FeatureRunner(database).run(plan, rows, progress);
    }

    @Override
    public List<String> classes() {
        return target.classes();
    }

    @Override
    public String featureSql() {
        return FeatureRunner.script(plan);
    }

    /// The plan of its features.
    FeaturePlan plan() {
        return plan;
    }

    @Override
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        PlanJson.write(plan, folder.resolve("plan.json"));
        ensemble.write(folder.resolve("models"));
        Header header = new Header(
                KIND,
                target.type(),
                target.classes(),
                clamp.map(c -> List.of(c.low(), c.high())).orElse(List.of()),
                history);
        Files.writeString(folder.resolve("pipeline.json"), JSON.writeValueAsString(header));
    }

    static DfsPipeline read(Path folder, Task task) throws IOException {
        Header header = JSON.readValue(Files.readString(folder.resolve("pipeline.json")), Header.class);
        if (header.type() != task.type()) {
            throw RelataException.usage(
                    "fit.model",
                    folder.toString(),
                    "it was fitted for a " + header.type().label() + " task",
                    "use the task it was fitted for");
        }
        Optional<Clamp> clamp = header.clamp().isEmpty()
                ? Optional.empty()
                : Optional.of(new Clamp(header.clamp().get(0), header.clamp().get(1)));
        return new DfsPipeline(
                task,
                PlanJson.read(folder.resolve("plan.json")),
                Ensemble.read(folder.resolve("models")),
                new Target(header.type(), header.classes()),
                clamp,
                header.history());
    }

    @Override
    public void close() {
        ensemble.close();
    }

    /// The kind of pipeline a folder holds.
    static String kind(Path folder) throws IOException {
        Map<?, ?> header = JSON.readValue(Files.readString(folder.resolve("pipeline.json")), Map.class);
        return String.valueOf(header.get("kind"));
    }
}
