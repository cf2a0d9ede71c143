package org.relata.cli.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.database.Column;
import org.relata.database.ColumnKind;
import org.relata.database.DataIssue;
import org.relata.database.ForeignKey;
import org.relata.database.Inference;
import org.relata.database.Schema;
import org.relata.database.Table;
import org.relata.database.metric.Metric;
import org.relata.database.task.AutoCompleteTask;
import org.relata.database.task.ForecastTask;
import org.relata.database.task.Regime;
import org.relata.database.task.Split;
import org.relata.database.task.Task;
import org.relata.database.task.TaskType;
import org.relata.features.Feature;
import org.relata.features.Feature.TimeBound;
import org.relata.learn.fit.FitResult;
import org.relata.learn.fit.FitSettings;
import org.relata.learn.fit.Importance;
import org.relata.learn.fit.Interval;
import org.relata.learn.fit.Method;
import org.relata.learn.fit.ScoredRows;

/// Outcomes of fits that never ran: labels drawn by seed from a latent score that predictions see through noise, and
/// every metric computed from them.
final class Samples {
    private static final LocalDateTime V = LocalDateTime.of(2005, 1, 1, 0, 0);
    private static final LocalDateTime T = LocalDateTime.of(2010, 1, 1, 0, 0);
    private static final List<String> TYRES = List.of("soft", "medium", "hard", "intermediate", "wet");

    private Samples() {}

    /// All that a report is made of.
    record Sample(FitResult result, List<ScoredRows> scored, List<String> classes, ReportContext context) {
        String html() {
            return Report.html(result, scored, classes, context);
        }

        Sample with(FitResult other) {
            return new Sample(other, scored, classes, context);
        }
    }

    static Sample binary() {
        List<ScoredRows> scored = List.of(
                SampleRows.binaryRows(Split.VALIDATION, V, 566, 0.79, 1),
                SampleRows.binaryRows(Split.TEST, T, 702, 0.7, 2));
        Map<Split, Map<String, Double>> metrics = new LinkedHashMap<>();
        for (ScoredRows rows : scored) {
            double[] labels = rows.rows().label();
            double[] p = ReportData.output(rows, 0);
            metrics.put(
                    rows.split(),
                    ordered(
                            "roc_auc", Metric.ROC_AUC.value(labels, rows.predictions()),
                            "average_precision", Metric.AVERAGE_PRECISION.value(labels, rows.predictions()),
                            "accuracy", SampleRows.mean(labels.length, i -> (p[i] > 0.5) == (labels[i] == 1) ? 1 : 0)));
        }
        double test = metrics.get(Split.TEST).get("roc_auc");
        double validation = metrics.get(Split.VALIDATION).get("roc_auc");
        FitResult result = result(
                "driver-dnf",
                TaskType.BINARY_CLASSIFICATION,
                "roc_auc",
                metrics,
                Map.of(
                        Split.VALIDATION, new Interval(validation - 0.045, validation + 0.043, 0.95),
                        Split.TEST, new Interval(test - 0.038, test + 0.036, 0.95)),
                ordered(
                        "zero",
                                scores(
                                        "roc_auc",
                                        0.5,
                                        0.5,
                                        "average_precision",
                                        0.779,
                                        0.705,
                                        "accuracy",
                                        0.221,
                                        0.295),
                        "random",
                                scores(
                                        "roc_auc",
                                        0.517,
                                        0.484,
                                        "average_precision",
                                        0.781,
                                        0.7,
                                        "accuracy",
                                        0.507,
                                        0.494),
                        "majority",
                                scores(
                                        "roc_auc",
                                        0.5,
                                        0.5,
                                        "average_precision",
                                        0.779,
                                        0.705,
                                        "accuracy",
                                        0.779,
                                        0.705),
                        "entity_mean",
                                scores(
                                        "roc_auc",
                                        0.631,
                                        0.588,
                                        "average_precision",
                                        0.842,
                                        0.762,
                                        "accuracy",
                                        0.77,
                                        0.69)),
                scores("roc_auc", 0.724, 0.689, "average_precision", 0.9, 0.83, "accuracy", 0.78, 0.71),
                Map.of(Split.TRAIN, 11_411, Split.VALIDATION, 566, Split.TEST, 702),
                List.of(
                        issue(
                                "task.population-later",
                                DataIssue.Severity.WARNING,
                                "results",
                                Optional.empty(),
                                702,
                                "the rows of the task are the drivers who start in the window, which is known only afterwards",
                                "draw the entities from rows before the seed time in task.yaml (label SQL), or keep it and say so"),
                        issue(
                                "time.missing",
                                DataIssue.Severity.INFO,
                                "constructors",
                                Optional.empty(),
                                0,
                                "the table has no time column: its rows are visible from the beginning",
                                "name a time column in database.yaml (tables: constructors: time) if there is one")));
        return new Sample(
                result,
                scored,
                List.of("finished", "did not finish"),
                context(task("driver-dnf", TaskType.BINARY_CLASSIFICATION, "did_not_finish", 30), Regime.FROZEN));
    }

    static Sample regression() {
        List<ScoredRows> scored =
                List.of(SampleRows.valueRows(Split.VALIDATION, V, 499, 3), SampleRows.valueRows(Split.TEST, T, 760, 4));
        Map<Split, Map<String, Double>> metrics = new LinkedHashMap<>();
        for (ScoredRows rows : scored) {
            double[] labels = rows.rows().label();
            double[] p = ReportData.output(rows, 0);
            double mean = Arrays.stream(labels).average().orElseThrow();
            double mse = SampleRows.mean(labels.length, i -> (p[i] - labels[i]) * (p[i] - labels[i]));
            metrics.put(
                    rows.split(),
                    ordered(
                            "mae", SampleRows.mean(labels.length, i -> Math.abs(p[i] - labels[i])),
                            "rmse", Math.sqrt(mse),
                            "r2",
                                    1
                                            - mse
                                                    / SampleRows.mean(
                                                            labels.length,
                                                            i -> (labels[i] - mean) * (labels[i] - mean))));
        }
        double test = metrics.get(Split.TEST).get("mae");
        FitResult result = result(
                "driver-position",
                TaskType.REGRESSION,
                "mae",
                metrics,
                Map.of(Split.TEST, new Interval(test - 0.16, test + 0.17, 0.95)),
                ordered(
                        "global_zero", scores("mae", 11.083, 11.926, "rmse", 12.1, 12.9, "r2", -5.17, -5.8),
                        "global_mean", scores("mae", 4.21, 4.42, "rmse", 5.01, 5.13, "r2", -0.06, -0.08),
                        "global_median", scores("mae", 4.136, 4.399, "rmse", 4.99, 5.14, "r2", -0.05, -0.08),
                        "entity_mean", scores("mae", 7.181, 8.501, "rmse", 8.8, 9.96, "r2", -2.3, -3.1),
                        "random", scores("mae", 6.02, 6.13, "rmse", 7.4, 7.5, "r2", -1.3, -1.3)),
                scores("mae", 3.31, 4.01, "rmse", 4.2, 4.98, "r2", 0.25, -0.02),
                Map.of(Split.TRAIN, 7_453, Split.VALIDATION, 499, Split.TEST, 760),
                List.of());
        return new Sample(
                result,
                scored,
                List.of(),
                context(task("driver-position", TaskType.REGRESSION, "position", 60), Regime.ROLLING));
    }

    static Sample multiclass() {
        List<ScoredRows> scored = List.of(
                SampleRows.classRows(Split.VALIDATION, V, 1_200, 5), SampleRows.classRows(Split.TEST, T, 2_400, 6));
        Map<Split, Map<String, Double>> metrics = new LinkedHashMap<>();
        for (ScoredRows rows : scored) {
            double[] labels = rows.rows().label();
            double[][] p = rows.predictions();
            metrics.put(
                    rows.split(),
                    ordered(
                            "accuracy",
                                    SampleRows.mean(
                                            labels.length, i -> MulticlassCharts.best(p[i]) == (int) labels[i] ? 1 : 0),
                            "log_loss", SampleRows.mean(labels.length, i -> -Math.log(p[i][(int) labels[i]]))));
        }
        double test = metrics.get(Split.TEST).get("accuracy");
        FitResult result = result(
                "tyre-of-the-stint",
                TaskType.MULTICLASS_CLASSIFICATION,
                "accuracy",
                metrics,
                Map.of(Split.TEST, new Interval(test - 0.02, test + 0.02, 0.95)),
                ordered(
                        "majority", scores("accuracy", 0.36, 0.35, "log_loss", Double.NaN, Double.NaN),
                        "random", scores("accuracy", 0.21, 0.2, "log_loss", 1.61, 1.61)),
                scores("accuracy", 0.55, 0.53, "log_loss", 1.12, 1.16),
                Map.of(Split.TRAIN, 18_004, Split.VALIDATION, 1_200, Split.TEST, 2_400),
                List.of());
        AutoCompleteTask task = new AutoCompleteTask(
                "tyre-of-the-stint",
                TaskType.MULTICLASS_CLASSIFICATION,
                "results",
                "resultId",
                "date",
                "tyre",
                V,
                T,
                List.of());
        return new Sample(result, scored, TYRES, context(task, Regime.FROZEN));
    }

    /// The binary sample with names that look like markup, in a schema that looks like markup, and with scores missing.
    static Sample hostile() {
        Sample plain = binary();
        String name = "</script><b>\"Bob's\" & Søn</b> \u0000 名前";
        Schema schema = new Schema(
                name,
                List.of(
                        table("a<b>&\"c'", "id\"<i>", "", List.of()),
                        table("Bestellungen für Ämter", "schlüssel", "zeit & ort", List.of("a<b>&\"c'"))),
                Optional.empty(),
                Optional.empty());
        ForecastTask task = new ForecastTask(
                name,
                TaskType.BINARY_CLASSIFICATION,
                "a<b>&\"c'",
                "id\"<i>",
                "t",
                "<target>",
                Duration.ofHours(36),
                1,
                V,
                T,
                List.of(),
                "SELECT 1");
        Feature feature = new Feature(
                "x<y & \"z\"",
                Feature.Type.NUMERIC,
                "<img src=x onerror=alert(1)> of a & b",
                "q",
                List.of("a<b>&\"c'", "Bestellungen für Ämter"),
                TimeBound.BEFORE_CUTOFF);
        FitResult r = plain.result();
        FitResult result = new FitResult(
                name,
                r.type(),
                r.method(),
                r.regime(),
                r.primary(),
                Map.of(Split.TEST, Map.of("roc_auc", Double.NaN, "<metric>", Double.POSITIVE_INFINITY)),
                Map.of(),
                Map.of("<baseline>", Map.of(Split.TEST, Map.of("roc_auc", Double.NaN))),
                Map.of(),
                r.rows(),
                1,
                List.of(new Importance(feature, Double.NaN, Double.NaN, Double.NaN)),
                List.of(issue(
                        "label.copied",
                        DataIssue.Severity.ERROR,
                        "a<b>&\"c'",
                        Optional.of("<script>alert(1)</script>"),
                        3,
                        "equals the label & more: <x>",
                        "hide it: \"hidden: [a.b]\"")),
                List.of("note with <tags> & 'quotes'"),
                Map.of("<stage>", Double.NaN),
                Double.NaN,
                0);
        ReportContext c = plain.context();
        ReportContext context = new ReportContext(
                schema,
                task,
                c.settings(),
                "jdbc:postgresql://host/db?user=a&ssl=true",
                "./relata fit 'a b' --task \"<t>\" && echo",
                Map.of("<version>", "1 & 2"),
                "<fingerprint>",
                Map.of(),
                c.writtenAt(),
                c.inferences(),
                c.issues());
        return new Sample(result, plain.scored(), List.of("<no>", "y&s"), context);
    }

    private static FitResult result(
            String task,
            TaskType type,
            String primary,
            Map<Split, Map<String, Double>> metrics,
            Map<Split, Interval> intervals,
            Map<String, Map<Split, Map<String, Double>>> baselines,
            Map<Split, Map<String, Double>> linear,
            Map<Split, Integer> rows,
            List<DataIssue> leaks) {
        return new FitResult(
                task,
                type,
                Method.DFS,
                type == TaskType.REGRESSION ? "rolling" : "frozen",
                primary,
                metrics,
                intervals,
                baselines,
                linear,
                rows,
                214,
                SampleImportances.importances(),
                leaks,
                List.of(
                        "12 of 61 join paths were left out to stay inside the budget of 10m; the dearest was"
                                + " drivers → results → races → results (est. 4.1 GB)",
                        "windows of 120, 400 and 1,200 days were chosen from the spacing of events",
                        "24 candidates were tried in the search; number 9 was best on validation, after 184 rounds",
                        "the final models were refitted on train and validation rows together"),
                ordered(
                        "read the database", 2.31,
                        "label tables", 0.84,
                        "leak linter", 1.96,
                        "features", 14.2,
                        "search", 61.7,
                        "final models", 9.05,
                        "intervals and report", 1.4),
                91.5,
                1_874);
    }

    private static ReportContext context(Task task, Regime regime) {
        Map<String, TableFacts> facts = new LinkedHashMap<>();
        LocalDateTime first = LocalDateTime.of(1950, 5, 13, 0, 0);
        LocalDateTime last = LocalDateTime.of(2023, 3, 5, 15, 0);
        facts.put("circuits", new TableFacts(77, Optional.empty(), Optional.empty()));
        facts.put("drivers", new TableFacts(857, Optional.empty(), Optional.empty()));
        facts.put("constructors", new TableFacts(211, Optional.empty(), Optional.empty()));
        facts.put("races", new TableFacts(1_102, Optional.of(first), Optional.of(last)));
        facts.put("results", new TableFacts(25_860, Optional.of(first), Optional.of(last)));
        facts.put("standings", new TableFacts(33_902, Optional.of(first), Optional.of(last)));
        facts.put("qualifying", new TableFacts(9_595, Optional.of(first.plusYears(44)), Optional.of(last)));
        facts.put("constructor_results", new TableFacts(12_180, Optional.of(first.plusYears(6)), Optional.of(last)));
        facts.put("constructor_standings", new TableFacts(12_941, Optional.of(first.plusYears(8)), Optional.of(last)));
        FitSettings standard = FitSettings.standard();
        return new ReportContext(
                formulaOne(),
                task,
                new FitSettings(
                        Method.DFS,
                        regime,
                        3,
                        standard.budget(),
                        standard.candidates(),
                        standard.memoryBytes(),
                        2,
                        0,
                        true),
                "../shared/data/f1",
                "./relata fit ../shared/data/f1 --schema examples/rel-f1/database.yaml --task examples/rel-f1/"
                        + task.name() + ".yaml --regime " + regime.label() + " --seed 0",
                ordered("Relata", "0.1.0", "Java", "25.0.1+8 (Temurin)", "DuckDB", "2.0.0.1", "LightGBM", "4.3.0"),
                "sha256:5e3f0c1be9d04b3a2c7786f1a4bb90c2d1f6e8a03b57cc41",
                facts,
                Instant.parse("2026-11-02T14:05:00Z"),
                List.of(
                        new Inference(
                                "qualifying",
                                Optional.of("driverId"),
                                "foreign key to drivers",
                                "9,595 of 9,595 values are keys of drivers",
                                0.98),
                        new Inference(
                                "results",
                                Optional.of("grid"),
                                "kind numeric",
                                "35 different whole numbers, most of them below 30",
                                0.8)),
                List.of(issue(
                        "column.null",
                        DataIssue.Severity.INFO,
                        "results",
                        Optional.of("milliseconds"),
                        18_701,
                        "72% of the values are missing",
                        "")));
    }

    static Schema formulaOne() {
        return new Schema(
                "rel-f1",
                List.of(
                        table("circuits", "circuitId", "", List.of()),
                        table("drivers", "driverId", "", List.of()),
                        table("constructors", "constructorId", "", List.of()),
                        table("races", "raceId", "date", List.of("circuits")),
                        table("results", "resultId", "date", List.of("races", "drivers", "constructors")),
                        table("standings", "driverStandingsId", "date", List.of("races", "drivers")),
                        table("qualifying", "qualifyId", "date", List.of("races", "drivers", "constructors")),
                        table("constructor_results", "constructorResultsId", "date", List.of("races", "constructors")),
                        table(
                                "constructor_standings",
                                "constructorStandingsId",
                                "date",
                                List.of("races", "constructors"))),
                Optional.of(V),
                Optional.of(T));
    }

    static Table table(String name, String key, String time, List<String> parents) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(key, ColumnKind.NUMERIC));
        List<ForeignKey> links = new ArrayList<>();
        for (int i = 0; i < parents.size(); i++) {
            String parent = parents.get(i);
            String column = (parent.endsWith("s") ? parent.substring(0, parent.length() - 1) : parent) + "Id"
                    + (parents.indexOf(parent) < i ? i : "");
            columns.add(new Column(column, ColumnKind.NUMERIC));
            links.add(new ForeignKey(List.of(column), parent));
        }
        if (!time.isEmpty()) {
            columns.add(new Column(time, ColumnKind.TIMESTAMP));
        }
        return new Table(name, columns, List.of(key), links, time.isEmpty() ? Optional.empty() : Optional.of(time));
    }

    private static ForecastTask task(String name, TaskType type, String target, int days) {
        return new ForecastTask(
                name,
                type,
                "drivers",
                "driverId",
                "date",
                target,
                Duration.ofDays(days),
                40,
                V,
                T,
                List.of(),
                "SELECT 1");
    }

    private static DataIssue issue(
            String code,
            DataIssue.Severity severity,
            String table,
            Optional<String> column,
            long count,
            String message,
            String remedy) {
        return new DataIssue(code, severity, table, column, count, message, remedy);
    }

    /// Scores of a method: each metric with its validation and its test value.
    private static Map<Split, Map<String, Double>> scores(Object... triples) {
        Map<Split, Map<String, Double>> scores = new LinkedHashMap<>();
        scores.put(Split.VALIDATION, new LinkedHashMap<>());
        scores.put(Split.TEST, new LinkedHashMap<>());
        for (int i = 0; i < triples.length; i += 3) {
            scores.get(Split.VALIDATION).put((String) triples[i], (Double) triples[i + 1]);
            scores.get(Split.TEST).put((String) triples[i], (Double) triples[i + 2]);
        }
        return scores;
    }

    @SuppressWarnings("unchecked")
    private static <V> Map<String, V> ordered(Object... pairs) {
        Map<String, V> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], (V) pairs[i + 1]);
        }
        return map;
    }
}
