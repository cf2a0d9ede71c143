package org.relata.learn.fit;

import java.nio.file.Path;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.metric.Metric;
import org.relata.database.task.Task;

/// What to fit.
///
/// @param database the open database
/// @param task the question
/// @param primary the metric that decides
/// @param settings how to answer it
/// @param work a folder for checkpoints: an interrupted fit with the same folder goes on where it stopped
/// @param tolerateLeaks whether leak findings of severity ERROR are reported rather than fatal
/// @param progress where to say how far it is
public record FitRequest(
        Database database,
        Task task,
        Metric primary,
        FitSettings settings,
        Path work,
        boolean tolerateLeaks,
        Progress progress) {}
