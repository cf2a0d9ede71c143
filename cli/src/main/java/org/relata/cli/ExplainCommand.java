package org.relata.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.relata.cli.run.RunJson;
import org.relata.cli.run.SavedRun;
import org.relata.cli.run.SourceRows;
import org.relata.cli.terminal.Columns;
import org.relata.cli.terminal.Terminal;
import org.relata.cli.terminal.TerminalProgress;
import org.relata.cli.terminal.Text;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.database.task.Task;
import org.relata.database.task.TaskBuilder;
import org.relata.database.task.TaskRows;
import org.relata.features.Feature;
import org.relata.features.FeatureMatrix;
import org.relata.learn.fit.FittedPipeline;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `relata explain`: why one prediction is what it is.
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Says why a finished run predicts what it does for one entity: the features that moved the prediction,"
                        + " as sentences, and the rows of the source behind them.")
final class ExplainCommand implements Callable<Integer> {
    private static final int MOST_PATHS = 3;
    private static final int MOST_ROWS = 5;
    private static final int MOST_COLUMNS = 8;
    private static final int CELL = 24;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Mixin
    private final RunOptions run = new RunOptions();

    @Option(
            names = {"-e", "--entity"},
            required = true,
            paramLabel = "KEY",
            description = "The primary key of the entity.")
    @SuppressWarnings("NullAway.Init")
    private String entity;

    @Mixin
    private final AtOption at = new AtOption();

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many features to name (default: ${DEFAULT-VALUE}).")
    private int top;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    /// One feature's part in a prediction.
    private record Reason(Feature feature, String value, double contribution) {}

    /// Everything there is to say of one prediction.
    @SuppressWarnings("ArrayRecordComponent") // one row of outputs, never compared
    private record Explained(
            Task task,
            String entity,
            AtOption.Chosen time,
            double[] prediction,
            List<String> classes,
            double expected,
            double rest,
            List<Reason> reasons,
            List<SourceRows.Found> rows) {}

    @Override
    public Integer call() throws Exception {
        if (top < 1) {
            throw RelataException.usage("explain.top", "--top " + top, "it is not positive", "");
        }
        SavedRun saved = run.run();
        Terminal terminal = main.terminal();
        Progress progress = output.progress(terminal);
        try (Workspace workspace = Workspace.temporary();
                Database database = run.open(saved, workspace, progress)) {
            Explained explained = explain(saved, database, progress);
            TerminalProgress.end(progress);
            if (json.on()) {
                terminal.line(RunJson.text(object(explained)));
            } else {
                print(terminal, explained);
            }
        }
        return 0;
    }

    private Explained explain(SavedRun saved, Database database, Progress progress) throws IOException {
        Task task = saved.task(database.schema());
        AtOption.Chosen time = at.on(database);
        TaskRows rows = TaskBuilder.rowsAt(database, task, time.time(), Optional.of(List.of(entity)));
        if (rows.size() == 0) {
            throw RelataException.usage(
                    "explain.none",
                    task.entityTable() + " " + entity,
                    "it was not known at " + time.time(),
                    "choose a later time with --at");
        }
        List<String> classes;
        FittedPipeline.Explanation explanation;
        try (FittedPipeline pipeline = saved.pipeline(task)) {
            explanation = pipeline.explain(database, rows, progress);
            classes = pipeline.classes();
        }
        FeatureMatrix features = explanation.features();
        double[] contributions = explanation.contributions()[0];
        List<Reason> all = IntStream.range(0, features.width())
                .mapToObj(f -> new Reason(features.features().get(f), value(features, f), contributions[f]))
                .sorted(Comparator.comparingDouble((Reason r) -> -Math.abs(r.contribution()))
                        .thenComparing(r -> r.feature().name()))
                .toList();
        List<Reason> reasons =
                all.stream().filter(r -> r.contribution() != 0).limit(top).toList();
        double rest = all.stream()
                .skip(reasons.size())
                .mapToDouble(Reason::contribution)
                .sum();
        Set<List<String>> paths = new LinkedHashSet<>();
        reasons.forEach(r -> paths.add(r.feature().path()));
        SourceRows source = new SourceRows(database, time.time());
        List<SourceRows.Found> found = paths.stream()
                .flatMap(path -> source.of(path, rows.entity()[0], MOST_ROWS).stream())
                .limit(MOST_PATHS)
                .toList();
        return new Explained(
                task,
                entity,
                time,
                explanation.predictions()[0],
                classes,
                contributions[contributions.length - 1],
                rest,
                reasons,
                found);
    }

    private static String value(FeatureMatrix features, int f) {
        float value = features.column(f)[0];
        if (Float.isNaN(value)) {
            return "none";
        }
        return features.features().get(f).type() == Feature.Type.CATEGORICAL
                ? features.categories(f).get((int) value)
                : Text.score(value);
    }

    private void print(Terminal terminal, Explained explained) {
        terminal.line(terminal.bold(explained.task().name()) + " for "
                + explained.task().entityTable() + " " + explained.entity() + " at "
                + explained.time().text());
        terminal.line("Prediction: " + prediction(explained));
        terminal.line("");
        terminal.line("What moved it, from " + Text.score(explained.expected()) + " on average"
                + (explained.classes().isEmpty() ? ":" : " (log-odds):"));
        Columns columns = new Columns(">by", ">value", "feature");
        for (Reason reason : explained.reasons()) {
            columns.add(
                    String.format(Locale.ROOT, "%+.4f", reason.contribution()),
                    Text.cut(reason.value(), CELL),
                    reason.feature().sentence());
        }
        columns.add(String.format(Locale.ROOT, "%+.4f", explained.rest()), "", "all other features together");
        columns.render().forEach(terminal::line);
        for (SourceRows.Found found : explained.rows()) {
            terminal.line("");
            terminal.line(String.join(" > ", found.path()) + ": "
                    + (found.count() > found.latest().size()
                            ? "the latest " + found.latest().size() + " of " + Text.count(found.count(), "row")
                            : Text.count(found.count(), "row")));
            printRows(terminal, found.latest());
        }
    }

    private static void printRows(Terminal terminal, List<Map<String, String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        List<String> names =
                rows.getFirst().keySet().stream().limit(MOST_COLUMNS).toList();
        Columns columns = new Columns(names.toArray(String[]::new));
        rows.forEach(row -> columns.add(names.stream()
                .map(name -> Text.cut(row.getOrDefault(name, ""), CELL).replaceAll("\\R", " "))
                .toArray(String[]::new)));
        columns.render().forEach(terminal::line);
    }

    private static String prediction(Explained explained) {
        double[] prediction = explained.prediction();
        return switch (explained.task().type()) {
            case REGRESSION -> Text.score(prediction[0]);
            case BINARY_CLASSIFICATION -> Text.percent(prediction[0]) + " likely";
            case MULTICLASS_CLASSIFICATION -> {
                int best = best(prediction);
                yield explained.classes().get(best) + " (" + Text.percent(prediction[best]) + " likely)";
            }
        };
    }

    private static int best(double[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .max(Comparator.comparingDouble(i -> values[i]))
                .orElseThrow();
    }

    private static Map<String, Object> object(Explained explained) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("task", explained.task().name());
        map.put("entity", explained.entity());
        map.put("at", explained.time().time().toString());
        map.put("prediction", Arrays.stream(explained.prediction()).boxed().toList());
        map.put("classes", explained.classes());
        map.put("expected", RunJson.number(explained.expected()));
        List<Object> reasons = new ArrayList<>();
        for (Reason reason : explained.reasons()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("feature", reason.feature().name());
            entry.put("sentence", reason.feature().sentence());
            entry.put("value", reason.value());
            entry.put("contribution", RunJson.number(reason.contribution()));
            entry.put("path", reason.feature().path());
            reasons.add(entry);
        }
        map.put("contributions", reasons);
        map.put("other_features", RunJson.number(explained.rest()));
        List<Object> sources = new ArrayList<>();
        for (SourceRows.Found found : explained.rows()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("path", found.path());
            entry.put("count", found.count());
            entry.put("latest", found.latest());
            sources.add(entry);
        }
        map.put("rows", sources);
        return map;
    }
}
