package org.relata.sql.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.relata.algebra.Conformance;
import org.relata.algebra.run.Runner;
import org.relata.sql.layout.Layout;

/// Random programs and their gradients give the same relations in DuckDB and in a real PostgreSQL, in both layouts, as
/// in the
/// reference interpreter. More with `-Drelata.programs=10000`.
final class ConformanceTest {
    private static final int PROGRAMS = Integer.getInteger("relata.programs", 400);

    private static Databases databases;

    @BeforeAll
    static void start() throws IOException, SQLException {
        databases = new Databases();
    }

    @AfterAll
    static void stop() throws IOException, SQLException {
        databases.close();
    }

    @Test
    void duckdbAgreesWithTheReferenceOneColumnAnElement() {
        agrees(databases.duckdb(Layout.WIDE), 0, PROGRAMS / 2);
    }

    @Test
    void duckdbAgreesWithTheReferenceOneRowAnElement() {
        agrees(databases.duckdb(Layout.SCALAR), PROGRAMS / 2, PROGRAMS / 2);
    }

    @Test
    void postgresAgreesWithTheReferenceOneColumnAnElement() {
        agrees(databases.postgres(Layout.WIDE), PROGRAMS, PROGRAMS / 2);
    }

    @Test
    void postgresAgreesWithTheReferenceOneRowAnElement() {
        agrees(databases.postgres(Layout.SCALAR), 2 * PROGRAMS, PROGRAMS / 2);
    }

    private static void agrees(Databases.Place place, int first, int many) {
        int compared = 0;
        for (int seed = first; seed < first + many; seed++) {
            try (Runner runner = place.runner()) {
                compared += Conformance.compare(runner, seed, 1e-9);
            }
        }
        assertTrue(compared > 2 * many, compared + " relations compared");
    }
}
