package org.relata.synth.like;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.Progress;
import org.relata.database.source.Databases;
import org.relata.database.source.OpenRequest;
import org.relata.synth.schema.ColumnPlan;
import org.relata.synth.schema.FeatureKind;
import org.relata.synth.schema.LinkPlan;
import org.relata.synth.schema.TablePlan;

/// A DuckDB file with declared keys, and with everything that a plan cannot hold as it is.
final class DuckFileLikenessTest {
    @TempDir
    static Path folder;

    private static Likeness likeness;

    @BeforeAll
    static void take() {
        Path file = folder.resolve("zoo.duckdb");
        try (Duck duck = Duck.open(file, 256L << 20, 2)) {
            duck.execute(
                    "CREATE TABLE keeper (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES keeper (id), pay DOUBLE)");
            duck.execute("INSERT INTO keeper SELECT i, NULL, i * 1.0 FROM range(4) r(i)");
            duck.execute("INSERT INTO keeper SELECT i, i % 4, i * 1.0 FROM range(4, 40) r(i)");
            duck.execute("CREATE TABLE animal (id INTEGER PRIMARY KEY, keeper_id INTEGER REFERENCES keeper (id), "
                    + "kind VARCHAR, foods VARCHAR[], shape DOUBLE[], weight DOUBLE, seen TIMESTAMP)");
            duck.execute(
                    "INSERT INTO animal SELECT i, CASE WHEN i % 5 <> 0 THEN CAST(floor(40 * pow(i / 4000.0, 3)) AS "
                            + "INTEGER) END, 'kind ' || (i % 7), ['food' || (i % 3), 'meat'], [i * 0.1, 0.5], i + 0.5, "
                            + "TIMESTAMP '2020-01-05 10:00:00' + INTERVAL (i) HOUR FROM range(4000) r(i)");
            duck.execute("CREATE TABLE tag (id INTEGER PRIMARY KEY REFERENCES animal (id), colour BOOLEAN)");
            duck.execute("INSERT INTO tag SELECT i, i % 2 = 0 FROM range(1000) r(i)");
            StringBuilder wide = new StringBuilder("CREATE TABLE wide AS SELECT i AS id");
            for (int c = 0; c < 205; c++) {
                wide.append(", CASE WHEN i % ")
                        .append(c % 7 + 2)
                        .append(" <> 0 THEN i * ")
                        .append(c)
                        .append(" END AS c")
                        .append(c);
            }
            duck.execute(wide + " FROM range(2520) r(i)");
            duck.execute(
                    "CREATE TABLE nothing (id INTEGER PRIMARY KEY, animal_id INTEGER REFERENCES animal (id), v DOUBLE)");
        }
        try (Database database = Databases.open(new OpenRequest(
                file.toString(), Optional.empty(), folder.resolve("store.duckdb"), 256L << 20, 2, Progress.silent()))) {
            likeness = Likeness.of(database, LabelUse.ANONYMOUS, Progress.silent());
        }
    }

    @AfterAll
    static void forget() {
        likeness = null;
    }

    private static TablePlan table(String name) {
        return likeness.plan().tables().get(likeness.plan().indexOf(name));
    }

    private static ColumnPlan column(TablePlan table, String name) {
        return table.columns().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + table));
    }

    @Test
    void aTableThatRefersToItselfStaysSo() {
        LinkPlan boss = table("keeper").foreignKeys().getFirst();
        assertEquals("keeper", boss.parent());
        assertEquals(OptionalDouble.of(0.1), boss.nullShare());
        assertEquals(0.9, boss.childless().orElseThrow(), 0.03);
    }

    @Test
    void unevenLinksAreUneven() {
        LinkPlan keeper = table("animal").foreignKeys().getFirst();
        assertEquals(OptionalDouble.of(0.2), keeper.nullShare());
        assertTrue(keeper.skew().orElseThrow() < 3, keeper.toString());
    }

    @Test
    void setsOfLabelsBecomeLabelsAndVectorsAreLeftOut() {
        TablePlan animal = table("animal");
        assertEquals(OptionalInt.of(7), column(animal, "kind").classes());
        assertEquals(FeatureKind.CATEGORICAL, column(animal, "foods").kind());
        assertEquals(OptionalInt.of(4), column(animal, "foods").classes());
        assertEquals(Optional.of("seen"), animal.timeColumn());
        assertTrue(animal.columns().stream().noneMatch(c -> c.name().equals("shape")), animal.toString());
        assertTrue(
                likeness.notes().contains("animal.shape holds vectors, which are not drawn; it is left out"),
                likeness.notes().toString());
    }

    @Test
    void aKeyThatIsALinkIsDrawnAsTheLink() {
        TablePlan tag = table("tag");
        assertEquals(Optional.empty(), tag.primaryKey());
        assertEquals(
                List.of("id"), tag.foreignKeys().stream().map(LinkPlan::column).toList());
    }

    @Test
    void wideTablesHaveTheSharesOfEveryColumn() {
        TablePlan wide = table("wide");
        for (int c : new int[] {1, 199, 200, 201, 204}) {
            ColumnPlan column = column(wide, "c" + c);
            assertEquals(FeatureKind.INTEGER, column.kind());
            assertEquals(1.0 / (c % 7 + 2), column.nullShare().orElseThrow(), 1e-4, column.name());
        }
    }

    @Test
    void anEmptyTableSaysNothingButItsShape() {
        TablePlan nothing = table("nothing");
        assertEquals(OptionalLong.of(0), nothing.rows());
        assertEquals(OptionalDouble.empty(), nothing.foreignKeys().getFirst().skew());
        assertEquals(ColumnPlan.of("v", FeatureKind.NUMERIC).withNullShare(0), column(nothing, "v"));
    }
}
