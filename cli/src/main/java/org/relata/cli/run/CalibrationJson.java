package org.relata.cli.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.database.task.Split;
import org.relata.database.task.TaskType;
import org.relata.learn.fit.ScoredRows;
import org.relata.learn.tabular.Calibration;
import org.relata.learn.tabular.Calibrator;

/// How far predicted probabilities can be taken at their word, as `metrics.json` holds it.
///
/// Probabilities are given as the model states them. Beside that stands what a correction learned from validation rows
/// would make of the test rows, so that one can judge whether it would be worth applying.
final class CalibrationJson {
    private static final int BINS = 10;

    private CalibrationJson() {}

    /// The entry; empty for regression.
    static Optional<Map<String, Object>> of(TaskType type, List<ScoredRows> scored) {
        return switch (type) {
            case REGRESSION -> Optional.empty();
            case BINARY_CLASSIFICATION -> Optional.of(binary(scored));
            case MULTICLASS_CLASSIFICATION -> {
                Map<String, Object> map = new LinkedHashMap<>();
                map.put("applied", "none");
                scored.forEach(s -> map.put(
                        s.split().label(), entry(Calibration.ofClasses(s.rows().label(), s.predictions(), BINS))));
                yield Optional.of(map);
            }
        };
    }

    private static Map<String, Object> binary(List<ScoredRows> scored) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("applied", "none");
        scored.forEach(s ->
                map.put(s.split().label(), entry(Calibration.ofBinary(s.rows().label(), s.predictions(), BINS))));
        Optional<ScoredRows> validation = of(scored, Split.VALIDATION);
        Optional<ScoredRows> test = of(scored, Split.TEST);
        if (validation.isPresent() && test.isPresent()) {
            ScoredRows v = validation.get();
            ScoredRows t = test.get();
            Calibrator platt = Calibrator.Platt.fit(v.rows().label(), v.predictions());
            Map<String, Object> after = new LinkedHashMap<>(
                    entry(Calibration.ofBinary(t.rows().label(), platt.apply(t.predictions()), BINS)));
            after.put("method", "platt, learned from validation rows");
            map.put("test_if_calibrated", after);
        }
        return map;
    }

    private static Optional<ScoredRows> of(List<ScoredRows> scored, Split split) {
        return scored.stream().filter(s -> s.split() == split).findFirst();
    }

    private static Map<String, Object> entry(Calibration calibration) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("expected_calibration_error", RunJson.number(calibration.expectedCalibrationError()));
        map.put("brier", RunJson.number(calibration.brier()));
        return map;
    }
}
