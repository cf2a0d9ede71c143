package org.relata.synth.like;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.source.Databases;
import org.relata.database.source.OpenRequest;
import org.relata.synth.ddl.SharedData;
import org.relata.synth.schema.LinkPlan;
import org.relata.synth.schema.TablePlan;

/// The likeness of a real database: the results of Formula 1.
final class RelF1LikenessTest {
    @TempDir
    Path folder;

    @Test
    void theTablesOfFormulaOneAreTakenOver() throws IOException {
        Path schema = Files.writeString(folder.resolve("database.yaml"), """
                nulls: ['\\N', '']
                tables:
                  races: {pkey: raceId, time_col: date, fkeys: {}}
                  drivers: {pkey: driverId, time_col: null, fkeys: {}}
                  results: {pkey: resultId, time_col: null, fkeys: {raceId: races, driverId: drivers}}
                """);
        try (Database database = Databases.open(new OpenRequest(
                SharedData.require("f1").toString(),
                Optional.of(schema),
                folder.resolve("store.duckdb"),
                512L << 20,
                2,
                Progress.silent()))) {
            Likeness likeness = Likeness.of(database, LabelUse.ANONYMOUS, Progress.silent());
            for (TablePlan table : likeness.plan().tables()) {
                assertEquals(database.rows(table.name()), table.rows().orElseThrow(), table.name());
            }
            TablePlan results = likeness.plan().tables().get(likeness.plan().indexOf("results"));
            assertEquals(
                    List.of("raceId", "driverId"),
                    results.foreignKeys().stream().map(LinkPlan::column).toList());
            double races = results.foreignKeys().get(0).skew().orElseThrow();
            double drivers = results.foreignKeys().get(1).skew().orElseThrow();
            assertTrue(races > 2 * drivers, "races " + races + " are filled more evenly than drivers " + drivers);
            assertEquals(
                    LocalDateTime.of(1950, 5, 13, 0, 0),
                    likeness.plan().span().orElseThrow().from());
            assertFalse(likeness.toString().contains("Hamilton"));
        }
    }
}
