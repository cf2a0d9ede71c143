package org.relata.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.relata.database.RelataException;
import org.relata.synth.config.Choices;
import org.relata.synth.config.ColumnType;
import org.relata.synth.config.Config;
import org.relata.synth.config.DatabaseParameters;
import org.relata.synth.config.Layout;
import org.relata.synth.config.ScmParameters;
import org.relata.synth.config.TopParameters;
import org.relata.synth.schema.ColumnPlan;
import org.relata.synth.schema.LinkPlan;
import org.relata.synth.schema.TablePlan;
import org.relata.synth.table.Anatomy;
import org.relata.synth.table.CausalGraph;
import org.relata.synth.table.TableShape;

final class TwinTest {
    private static final Config CONFIG = Collected.tiny(Config.defaults())
            .set(DatabaseParameters.NUM_TABLES_CHOICES, Choices.range(3, 4))
            .set(
                    ScmParameters.COL_STYPE_CHOICES,
                    Choices.oneOf(ColumnType.NUMERICAL, ColumnType.CATEGORICAL, ColumnType.INTEGER, ColumnType.DATE))
            .build();

    /// Two databases beside each other: as it came about, and with one column held.
    private record Pair(
            SyntheticDataset dataset, TablePlan table, ColumnPlan column, Collected before, Collected after) {
        static Pair of(SyntheticDataset dataset, TablePlan table, ColumnPlan column, UnaryOperator<String> value) {
            Collected before = Collected.of(dataset, 1);
            String wanted = value.apply(before.column(table.name(), column.name()).stream()
                    .filter(cell -> !cell.isEmpty())
                    .findFirst()
                    .orElseThrow());
            SyntheticDataset twin = dataset.holding(List.of(table.name() + "." + column.name() + "=" + wanted));
            return new Pair(dataset, table, column, before, Collected.of(twin, 2));
        }

        boolean same(String of, String name) {
            return before.column(of, name).equals(after.column(of, name));
        }
    }

    private static String text(ColumnPlan column, String cell) {
        return switch (column.kind()) {
            case DATE -> java.time.LocalDate.ofEpochDay(Long.parseLong(cell)).toString();
            case NUMERIC, INTEGER, BOOLEAN, CATEGORICAL, TEXT -> cell;
        };
    }

    @Test
    void onlyWhatTheColumnInfluencesDiffers() {
        int changed = 0;
        for (long seed = 0; seed < 16; seed++) {
            SyntheticDataset dataset = SyntheticDataset.of(seed, CONFIG);
            TablePlan table = dataset.plan().tables().getFirst();
            ColumnPlan column = table.columns().get((int) seed % table.columns().size());
            Pair pair = Pair.of(dataset, table, column, cell -> text(column, cell));
            assertEquals(pair.before.shapes, pair.after.shapes);
            Set<String> cells = new HashSet<>(pair.after.column(table.name(), column.name()));
            cells.remove("");
            assertEquals(1, cells.size(), () -> column + " is held");
            Set<String> reached = new HashSet<>(Set.of(table.name()));
            for (Anatomy anatomy : dataset.anatomies(1)) {
                changed += check(pair, anatomy, reached, seed);
            }
        }
        assertTrue(changed > 20, "too few columns changed to show anything: " + changed);
    }

    /// Counts the columns that changed, all of which may.
    private static int check(Pair pair, Anatomy anatomy, Set<String> reached, long seed) {
        CausalGraph graph = anatomy.causes();
        boolean heard = anatomy.wirings().stream()
                .map(w -> w.plan())
                .anyMatch(k -> graph.hears().contains(k.column()) && reached.contains(k.parent()));
        if (heard) {
            reached.add(graph.table());
        }
        BitSet mayChange =
                graph.table().equals(pair.table.name()) ? graph.influencedBy(pair.column.name()) : new BitSet();
        IntStream.range(0, graph.variables().size())
                .filter(v -> heard && !graph.variables().get(v).parents().isEmpty())
                .forEach(mayChange::set);
        int changed = 0;
        for (TableShape.ShownColumn shown :
                pair.before.shapes.get(graph.table()).columns()) {
            boolean may = IntStream.range(0, graph.variables().size())
                    .anyMatch(v -> mayChange.get(v)
                            && graph.variables().get(v).column().equals(Optional.of(shown.name())));
            boolean same = pair.same(graph.table(), shown.name());
            assertTrue(may || same, "seed " + seed + ": " + graph.table() + "." + shown.name());
            changed += same ? 0 : 1;
        }
        return changed;
    }

    @Test
    void acrossAReferenceToTheTableItselfOnlyWhatHearsTheColumnDiffers() {
        Config config = CONFIG.toBuilder()
                .set(DatabaseParameters.NUM_TABLES_CHOICES, Choices.range(2, 2))
                .set(DatabaseParameters.SELF_REFERENCE_PROB, 1.0)
                .set(ScmParameters.SCM_LAYOUT_CHOICES, Choices.oneOf(Layout.REVERSE_RANDOM_TREE))
                .build();
        int heard = 0;
        int silent = 0;
        for (long seed = 0; seed < 5; seed++) {
            SyntheticDataset dataset = SyntheticDataset.of(seed, config);
            TablePlan table = dataset.plan().tables().stream()
                    .filter(t ->
                            t.foreignKeys().stream().anyMatch(k -> k.parent().equals(t.name())))
                    .findFirst()
                    .orElseThrow();
            CausalGraph graph = dataset.anatomies(1).stream()
                    .map(Anatomy::causes)
                    .filter(g -> g.table().equals(table.name()))
                    .findFirst()
                    .orElseThrow();
            for (ColumnPlan column : table.columns()) {
                int across = across(Pair.of(dataset, table, column, cell -> text(column, cell)), graph, seed);
                heard += across;
                silent += across == 0 ? 1 : 0;
            }
        }
        assertTrue(heard > 0 && silent > 0, heard + " columns hear another row, " + silent + " are heard by none");
    }

    /// Counts the columns that changed although the held one is no cause of them: they hear it in the row referred to,
    /// which only columns that nothing influences are, and only by rows that refer to any.
    private static int across(Pair pair, CausalGraph graph, long seed) {
        String own = pair.table.foreignKeys().stream()
                .filter(k -> k.parent().equals(pair.table.name()))
                .map(LinkPlan::column)
                .findFirst()
                .orElseThrow();
        List<String> reference = pair.before.column(pair.table.name(), own);
        BitSet influenced = graph.influencedBy(pair.column.name());
        int across = 0;
        for (ColumnPlan other : pair.table.columns()) {
            int variable = variable(graph, other);
            if (influenced.get(variable) || pair.same(pair.table.name(), other.name())) {
                continue;
            }
            across++;
            String what = "seed " + seed + ": " + pair.column.name() + " is heard by " + other.name();
            assertTrue(parents(graph, pair.column).isEmpty(), () -> what + ", and has causes");
            assertFalse(parents(graph, other).isEmpty(), () -> what + ", which hears nothing");
            List<String> before = pair.before.column(pair.table.name(), other.name());
            List<String> after = pair.after.column(pair.table.name(), other.name());
            for (int row = 0; row < before.size(); row++) {
                assertTrue(
                        !reference.get(row).isEmpty() || before.get(row).equals(after.get(row)),
                        () -> what + " in a row that refers to none");
            }
        }
        return across;
    }

    private static int variable(CausalGraph graph, ColumnPlan column) {
        return IntStream.range(0, graph.variables().size())
                .filter(v -> graph.variables().get(v).column().equals(Optional.of(column.name())))
                .findFirst()
                .orElseThrow();
    }

    private static List<Integer> parents(CausalGraph graph, ColumnPlan column) {
        return graph.variables().get(variable(graph, column)).parents();
    }

    /// In lazy tables every variable is a number, and a label stands for the numbers that are cut to it.
    @Test
    void aColumnHeldAtWhatItIsInARowLeavesThatRow() {
        SyntheticDataset dataset = SyntheticDataset.of(5, CONFIG);
        TablePlan table = dataset.plan().tables().getFirst();
        for (ColumnPlan column : table.columns()) {
            Pair pair = Pair.of(dataset, table, column, cell -> text(column, cell));
            for (ColumnPlan other : table.columns()) {
                if (column.kind() != org.relata.synth.schema.FeatureKind.BOOLEAN) {
                    int row = IntStream.range(0, 40)
                            .filter(r -> !pair.before
                                    .column(table.name(), column.name())
                                    .get(r)
                                    .isEmpty())
                            .findFirst()
                            .orElseThrow();
                    String before =
                            pair.before.column(table.name(), other.name()).get(row);
                    String after = pair.after.column(table.name(), other.name()).get(row);
                    if (before.contains(".") && after.contains(".")) {
                        assertEquals(
                                Double.parseDouble(before), Double.parseDouble(after), 1e-2, column + ", " + other);
                    } else {
                        assertEquals(before, after, column + ", " + other);
                    }
                }
            }
        }
    }

    @Test
    void whatIsPlantedFollowsItsCause() {
        Config config = CONFIG.toBuilder()
                .set(TopParameters.PLANTED_TASKS, 1)
                .set(DatabaseParameters.NUM_TABLES_CHOICES, Choices.range(2, 2))
                .build();
        SyntheticDataset dataset = SyntheticDataset.of(1, config);
        Collected before = new Collected();
        var task = dataset.generate(before, 1).getFirst();
        TablePlan entities = dataset.plan().tables().get(dataset.plan().indexOf(task.entityTable()));
        LinkPlan key = dataset.plan()
                .tables()
                .get(dataset.plan().indexOf(task.eventTable()))
                .foreignKeys()
                .getFirst();
        Collected after = new Collected();
        double known = dataset.holding(List.of(entities.name() + "." + task.column() + "=0"))
                .generate(after, 1)
                .getFirst()
                .achievable();
        assertEquals(0.5, known, 1e-9, "all are alike once the cause is held");
        assertNotEquals(before.column(task.eventTable(), key.column()), after.column(task.eventTable(), key.column()));
    }

    @Test
    void aValueThatCannotBeIsRefused() {
        SyntheticDataset dataset = SyntheticDataset.of(5, CONFIG);
        TablePlan table = dataset.plan().tables().getFirst();
        refused(dataset, "table_9.feature_0=1", "did you mean table_");
        refused(dataset, table.name() + ".featura_0=1", "did you mean feature_0?");
        refused(dataset, "feature_0", "write table.column=value");
        refused(dataset, table.name() + ".row_idx=1", "is a key");
        for (ColumnPlan column : table.columns()) {
            refused(
                    dataset,
                    table.name() + "." + column.name() + "=nonsense",
                    switch (column.kind()) {
                        case NUMERIC, INTEGER -> "the column holds numbers";
                        case DATE -> "such as 2024-03-01";
                        case BOOLEAN -> "give true or false";
                        case CATEGORICAL -> "has no label nonsense";
                        case TEXT -> "cannot be held";
                    });
        }
    }

    private static void refused(SyntheticDataset dataset, String intervention, String why) {
        RelataException refused = assertThrows(
                RelataException.class,
                () -> dataset.holding(List.of(intervention)).generate(new Collected(), 1));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
        assertTrue(refused.getMessage().contains(intervention), refused.getMessage());
    }
}
