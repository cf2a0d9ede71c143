package org.relata.learn.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relata.database.Progress;
import org.relata.database.RelataException;

/// What a fit decided and how long its stages took.
final class FitLog {
    private final Progress progress;
    private final List<String> notes = new ArrayList<>();
    private final Map<String, Double> stages = new LinkedHashMap<>();
    private final long start = System.nanoTime();
    private long stageStart = start;
    private String stage = "";

    FitLog(Progress progress) {
        this.progress = progress;
    }

    /// Ends the stage before and begins one.
    void stage(String name) {
        endStage();
        if (Thread.interrupted()) {
            throw RelataException.failure(
                    "interrupted", name, "stopped on request", "run the same command again to go on");
        }
        stage = name;
        stageStart = System.nanoTime();
    }

    private void endStage() {
        if (!stage.isEmpty()) {
            stages.merge(stage, (System.nanoTime() - stageStart) / 1e9, Double::sum);
        }
        stage = "";
    }

    /// Keeps a note and passes it on.
    void note(String message) {
        notes.add(message);
        progress.note(message);
    }

    Progress progress() {
        return progress;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /// Wall seconds by stage; ends the current one.
    Map<String, Double> stages() {
        endStage();
        return new LinkedHashMap<>(stages);
    }

    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }
}
