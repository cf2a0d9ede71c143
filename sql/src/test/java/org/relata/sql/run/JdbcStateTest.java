package org.relata.sql.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relata.algebra.run.TrainingState.Saved;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// A state in tables of a database.
class JdbcStateTest {
    private static final Relation WORDS = Relation.empty(
                    List.of(Attribute.integer("id"), Attribute.text("word")), Shape.of(2, 3))
            .plus(Key.of(1, "ä'\"; DROP TABLE x"), Tensor.of(Shape.of(2, 3), 0.1, -0.0, Double.MIN_VALUE, 1e300, 5, 6))
            .plus(Key.of(Long.MIN_VALUE, ""), Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 1.0 / 3));
    private static final Saved SAVED = saved("step 3: \"quoted\" 'twice'", WORDS);

    private static Saved saved(String progress, Relation words) {
        Map<String, Relation> relations = new LinkedHashMap<>();
        relations.put("w#moment'1", words);
        relations.put("loss", Relation.scalar(2.0 / 3));
        relations.put("none", Relation.empty(List.of(Attribute.integer("id")), Shape.of(4)));
        return new Saved(progress, relations);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSavedIsLoaded(TestDatabase database) throws SQLException {
        try (Connection connection = database.empty()) {
            JdbcState state = new JdbcState(connection, "churn");
            assertEquals("relata_state_churn", state.table());
            assertEquals(Optional.empty(), state.load());
            state.save(SAVED);
            assertEquals(Optional.of(SAVED), state.load());
            assertEquals(
                    List.copyOf(SAVED.relations().keySet()),
                    List.copyOf(state.load().orElseThrow().relations().keySet()));
            Saved later = new Saved("later", Map.of("w", WORDS));
            state.save(later);
            assertEquals(Optional.of(later), state.load());
            assertEquals(2, tables(connection), "nothing of what was saved before is left");
            state.clear();
            assertEquals(Optional.empty(), state.load());
            assertEquals(0, tables(connection));
            state.clear();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSaveThatFailsLeavesTheOneBefore(TestDatabase database) throws SQLException {
        try (Connection connection = database.empty()) {
            JdbcState state = new JdbcState(connection, "churn");
            state.save(SAVED);
            try (Statement statement = connection.createStatement()) {
                // What stands in the way of the fourth relation.
                statement.execute("CREATE TABLE relata_state_churn_4 (other INTEGER)");
            }
            Map<String, Relation> more = new LinkedHashMap<>(SAVED.relations());
            more.put("more", WORDS);
            AlgebraException error = assertThrows(AlgebraException.class, () -> state.save(new Saved("later", more)));
            assertTrue(error.getMessage().contains("relata_state_churn_4"), error.getMessage());
            assertEquals(Optional.of(SAVED), state.load());
        }
    }

    @ParameterizedTest
    @EnumSource
    void modelsOfAnyNameHaveStatesOfTheirOwn(TestDatabase database) throws SQLException {
        try (Connection connection = database.empty()) {
            List<String> names = List.of(
                    "a", "A", "a b", "a'b", "", "relata\"; DROP", "x".repeat(200), "x".repeat(199) + "y", "größe");
            for (String name : names) {
                new JdbcState(connection, name).save(new Saved(name, Map.of("w", WORDS)));
            }
            for (String name : names) {
                assertEquals(
                        name,
                        new JdbcState(connection, name).load().orElseThrow().progress());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theConnectionStaysAsItWas(TestDatabase database) throws SQLException {
        try (Connection connection = database.empty()) {
            new JdbcState(connection, "m").save(SAVED);
            assertTrue(connection.getAutoCommit());
        }
    }

    private static int tables(Connection connection) {
        return new JdbcRows(connection)
                .query(
                        "SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'relata_state%'",
                        row -> row.getString(1))
                .size();
    }
}
