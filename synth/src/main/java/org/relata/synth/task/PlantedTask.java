package org.relata.synth.task;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.relata.database.Sql;
import org.relata.database.task.ForecastTask;
import org.relata.database.task.TaskType;

/// Which rows of an entity table will an event refer to in the next window?
///
/// Events pick their entities independently, with probabilities that depend on one column of the entity and on nothing
/// else, so the probability of each answer is known, and with it the best area under the curve that anyone can expect.
///
/// @param name the name of the task
/// @param entityTable the table predicted for
/// @param entityKey its primary key
/// @param column the column that the probabilities depend on
/// @param eventTable the table of events
/// @param eventKey the foreign key that picks the entity
/// @param eventTime the time of an event
/// @param window how far the answer looks ahead
/// @param achievable the area under the curve that ranking by the true probabilities has in expectation
public record PlantedTask(
        String name,
        String entityTable,
        String entityKey,
        String column,
        String eventTable,
        String eventKey,
        String eventTime,
        Duration window,
        double achievable) {
    /// The column of the answer.
    private static final String LABEL = "referenced";

    /// The task as the rest of Relata knows it.
    ///
    /// @param validation when validation starts
    /// @param test when test starts
    public ForecastTask task(LocalDateTime validation, LocalDateTime test) {
        return new ForecastTask(
                name,
                TaskType.BINARY_CLASSIFICATION,
                entityTable,
                entityKey,
                "timestamp",
                LABEL,
                window,
                1,
                validation,
                test,
                List.of(),
                sql());
    }

    private String sql() {
        return """
            SELECT s.timestamp, e.%s, CAST(COUNT(c.%s) > 0 AS INTEGER) AS %s
            FROM timestamps s CROSS JOIN %s e
            LEFT JOIN %s c ON c.%s = e.%s
              AND c.%s > s.timestamp AND c.%s <= s.timestamp + INTERVAL '{timedelta}'
            GROUP BY 1, 2\
            """.formatted(
                        Sql.id(entityKey),
                        Sql.id(eventTime),
                        LABEL,
                        Sql.id(entityTable),
                        Sql.id(eventTable),
                        Sql.id(eventKey),
                        Sql.id(entityKey),
                        Sql.id(eventTime),
                        Sql.id(eventTime));
    }
}
