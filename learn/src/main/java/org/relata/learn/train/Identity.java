package org.relata.learn.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.relata.sql.model.Model;

/// What was trained on what and how, by name: a saved run is gone on from with the same only, since other numbers would
/// come out than either run has by itself.
///
/// @param settings in the order in which they are compared
record Identity(Map<String, String> settings) {
    private static final String MODEL = "model";

    Identity {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    static Identity of(Model model, TrainingOptions options, Feed feed) {
        Map<String, String> settings = new LinkedHashMap<>(options.settings());
        settings.putIfAbsent("--optimizer", options.optimizer().name());
        settings.putIfAbsent("--lr", Double.toString(options.optimizer().rate()));
        settings.putIfAbsent("--batch", options.batches().map(Batches::toString).orElse("all data"));
        settings.putIfAbsent("--seed", Long.toString(options.seed()));
        settings.put("batches", feed.fingerprint());
        settings.put("optimiser", options.optimizer().toString());
        settings.put("validation", options.validation().map(Validation::name).orElse("none"));
        settings.put(MODEL, Checksum.of(model.loss().explain()).text());
        return new Identity(settings);
    }

    /// Where another one differs, in words; empty where it does not. A model differs where a setting that it is written
    /// by does, so it is only told alone.
    String differences(Identity other) {
        Set<String> names = new LinkedHashSet<>(settings.keySet());
        names.addAll(other.settings.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            String mine = settings.getOrDefault(name, "none");
            String theirs = other.settings.getOrDefault(name, "none");
            if (!mine.equals(theirs) && (differences.isEmpty() || name.startsWith("--"))) {
                differences.add(name + " " + mine + ", not " + theirs);
            }
        }
        return String.join(", and with ", differences);
    }
}
