package org.relata.synth.like;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.source.Databases;
import org.relata.database.source.OpenRequest;
import org.relata.synth.SyntheticDataset;
import org.relata.synth.config.Config;
import org.relata.synth.ddl.SharedData;
import org.relata.synth.schema.LinkPlan;
import org.relata.synth.schema.SchemaPlan;
import org.relata.synth.schema.TablePlan;
import org.relata.synth.table.Anatomy;

/// The likeness of a real database: the results of Formula 1.
final class RelF1LikenessTest {
    @TempDir
    private static Path folder;

    private static Optional<Database> opened = Optional.empty();
    private static Optional<Likeness> taken = Optional.empty();

    /// All tables of RelBench's rel-f1, eight of whose keys lead from one dated table to another.
    @BeforeAll
    static void open() {
        opened = Optional.of(Databases.open(new OpenRequest(
                SharedData.require("f1").toString(),
                Optional.of(Path.of("..", "examples", "rel-f1", "database.yaml")),
                folder.resolve("store.duckdb"),
                512L << 20,
                2,
                Progress.silent())));
        taken = opened.map(d -> Likeness.of(d, LabelUse.ANONYMOUS, Progress.silent()));
    }

    @AfterAll
    static void close() {
        opened.ifPresent(Database::close);
    }

    @Test
    void theTablesOfFormulaOneAreTakenOver() {
        Database database = opened.orElseThrow();
        Likeness likeness = taken.orElseThrow();
        for (TablePlan table : likeness.plan().tables()) {
            assertEquals(database.rows(table.name()), table.rows().orElseThrow(), table.name());
        }
        TablePlan results = likeness.plan().tables().get(likeness.plan().indexOf("results"));
        assertEquals(
                List.of("raceId", "driverId", "constructorId"),
                results.foreignKeys().stream().map(LinkPlan::column).toList());
        double races = results.foreignKeys().get(0).skew().orElseThrow();
        double drivers = results.foreignKeys().get(1).skew().orElseThrow();
        assertTrue(races > 2 * drivers, "races " + races + " are filled more evenly than drivers " + drivers);
        assertEquals(0, results.foreignKeys().get(0).lag().orElseThrow(), "a result has the time of its race");
        assertTrue(results.foreignKeys().get(1).lag().isEmpty(), "drivers are not dated");
        assertEquals(
                LocalDateTime.of(1950, 5, 13, 0, 0),
                likeness.plan().span().orElseThrow().from());
        assertFalse(likeness.toString().contains("Hamilton"));
    }

    @Test
    void parentsAreReferredToAsUnevenlyAsInFormulaOne() {
        Database database = opened.orElseThrow();
        SchemaPlan plan = taken.orElseThrow().plan();
        // Links do not depend on values, which would take much longer to draw.
        List<TablePlan> keysOnly = plan.tables().stream()
                .map(t -> new TablePlan(t.name(), t.primaryKey(), t.foreignKeys(), List.of(), t.timeColumn(), t.rows()))
                .toList();
        SyntheticDataset drawn = SyntheticDataset.of(1, Config.defaults(), new SchemaPlan(keysOnly, plan.span()));
        for (Anatomy anatomy : drawn.anatomies(1)) {
            String table = anatomy.causes().table();
            for (int i = 0; i < anatomy.wirings().size(); i++) {
                Anatomy.Wiring wiring = anatomy.wirings().get(i);
                Degrees real = Degrees.of(database.store(), table, i, wiring.parents());
                Degrees made = degrees(wiring);
                double childless = real.childless() / (double) real.parents();
                double drawnChildless = made.childless() / (double) made.parents();
                String figures = String.format(
                        Locale.ROOT,
                        "%s.%s: childless %.3f real, %.3f drawn; concentration %.2f real, %.2f drawn",
                        table,
                        wiring.plan().column(),
                        childless,
                        drawnChildless,
                        real.concentration(),
                        made.concentration());
                // There are a thousand races, and two hundred constructors.
                assertEquals(childless, drawnChildless, real.parents() > 1000 ? 0.03 : 0.09, figures);
                assertEquals(real.concentration(), made.concentration(), 0.6, figures);
            }
        }
    }

    private static Degrees degrees(Anatomy.Wiring wiring) {
        int[] children = new int[Math.toIntExact(wiring.parents())];
        for (long row = 0; row < wiring.children(); row++) {
            long parent = wiring.links().parent(row);
            if (parent >= 0) {
                children[(int) parent]++;
            }
        }
        TreeMap<Long, Long> counts = new TreeMap<>();
        for (int count : children) {
            if (count > 0) {
                counts.merge((long) count, 1L, Long::sum);
            }
        }
        return new Degrees(wiring.parents(), counts);
    }
}
