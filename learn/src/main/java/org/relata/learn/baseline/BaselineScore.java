package org.relata.learn.baseline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.relata.database.task.Split;

/// How well a baseline does.
///
/// @param name the baseline's name
/// @param metrics for each split its metrics by name, the primary one first
public record BaselineScore(String name, Map<Split, Map<String, Double>> metrics) {
    /// Copies the map, keeping its order.
    public BaselineScore {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
}
