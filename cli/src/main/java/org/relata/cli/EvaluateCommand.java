package org.relata.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.relata.cli.run.RunInputs;
import org.relata.cli.run.RunJson;
import org.relata.cli.run.SavedRun;
import org.relata.cli.terminal.Columns;
import org.relata.cli.terminal.Terminal;
import org.relata.cli.terminal.TerminalProgress;
import org.relata.cli.terminal.Text;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.metric.Metrics;
import org.relata.database.task.Regime;
import org.relata.database.task.Split;
import org.relata.database.task.Task;
import org.relata.database.task.TaskBuilder;
import org.relata.database.task.TaskFile;
import org.relata.database.task.TaskRows;
import org.relata.database.task.TaskTables;
import org.relata.learn.fit.CutOffs;
import org.relata.learn.fit.FittedPipeline;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/// `relata evaluate`: the test scores of a saved pipeline, computed anew.
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Computes the test scores of a finished run anew, from its saved model: on the same data, or on other"
                        + " data of the same schema.")
final class EvaluateCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Mixin
    private final RunOptions run = new RunOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws Exception {
        SavedRun saved = run.run();
        Terminal terminal = main.terminal();
        Progress progress = output.progress(terminal);
        try (Workspace workspace = Workspace.temporary();
                Database database = run.open(saved, workspace, progress)) {
            TaskFile asked = saved.taskFile(database.schema());
            Task task = asked.task();
            TaskTables tables = TaskBuilder.build(database, task, progress);
            TaskRows test = tables.test();
            Regime regime = saved.config().settings().regime();
            double[][] predictions;
            try (FittedPipeline pipeline = saved.pipeline(task)) {
                predictions =
                        pipeline.predict(database, CutOffs.of(task, regime).scored(Split.TEST, test), progress);
            }
            Map<String, Double> metrics = Metrics.all(
                    task.type(), test.label(), predictions, tables.train().label());
            TerminalProgress.end(progress);
            if (json.on()) {
                terminal.line(RunJson.text(object(asked, regime, metrics, test)));
            } else {
                terminal.line(terminal.bold(task.name()) + ", " + regime.label() + ": "
                        + Text.count(test.size(), "test row"));
                Columns columns = new Columns("metric", ">test");
                metrics.forEach((name, value) -> columns.add(name, Text.score(value)));
                columns.render().forEach(terminal::line);
            }
        }
        return 0;
    }

    private static Map<String, Object> object(
            TaskFile asked, Regime regime, Map<String, Double> metrics, TaskRows test) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("task", asked.task().name());
        map.put("regime", regime.label());
        map.put("primary", RunInputs.primary(asked).label());
        map.put("metrics", RunJson.bySplit(Map.of(Split.TEST, metrics)));
        map.put("rows", Map.of("test", test.size()));
        return map;
    }
}
