package org.relata.features.leak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relata.database.DataIssue;
import org.relata.database.Database;
import org.relata.features.FeatureSettings;
import org.relata.features.leak.SmallShop.Extras;
import org.relata.features.plan.EncodedTable;
import org.relata.features.plan.FeaturePlan;
import org.relata.features.plan.FeaturePlanner;
import org.relata.features.sql.PlanStatements;
import org.relata.features.sql.PlanStatements.Role;
import org.relata.features.sql.PlanStatements.Statement;

class CutOffProofTest {
    private static final String CUSTOMERS = SmallShop.CUSTOMERS;

    @TempDir
    Path folder;

    private SmallShop shop;
    private Database database;

    @BeforeEach
    void open() {
        shop = SmallShop.open(folder, 3, Extras.order("o.placed + INTERVAL 3 DAY AS shipped"));
        database = shop.database();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {SmallShop.CUSTOMERS, "orders", "lines", "products"})
    void provesEveryFeatureOfEveryTable(String entity) {
        for (boolean includeCutoff : new boolean[] {false, true}) {
            FeaturePlan plan = plan(entity, includeCutoff);
            CutOffProof proof = CutOffProof.of(database, database.schema(), plan);
            assertEquals(List.of(), proof.findings());
            assertEquals(plan.width(), proof.features());
            assertEquals(proof.features(), proof.proven() + proof.undated());
            assertTrue(proof.proven() > 50, () -> "proven: " + proof.proven());
        }
    }

    /// Whatever loosens one bound, wherever it stands, is noticed, and the table is named.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " AND t.__time < k.cutoff | ' '",
                "t.__time < k.cutoff | t.__time <= k.cutoff",
                "t.__time < k.cutoff | t.__time < k.cutoff + INTERVAL 1 DAY",
                "t.__time < k.cutoff | (t.__time < k.cutoff OR t.__row > 0)",
                "t.__time < k.cutoff | t.__time < t.__time",
                "t.__time < k.cutoff | NOT t.__time < k.cutoff",
                "t.__time < k.cutoff | k.cutoff < t.__time",
                "AND t.__time < j.cutoff | AND j.age < j.cutoff",
                "t.__time < j.cutoff | t.__time <= j.cutoff",
                "t.__time < p.cutoff | TRUE",
                "AND l0.\"placed\" < k.cutoff | ' '",
            })
    void noticesALooserBound(String bound, String looser) {
        FeaturePlan plan = plan(bound.contains("l0") ? "products" : CUSTOMERS, false);
        List<Statement> statements = PlanStatements.of(plan);
        int broken = 0;
        for (int i = 0; i < statements.size(); i++) {
            String select = statements.get(i).select();
            for (int at = select.indexOf(bound); at >= 0; at = select.indexOf(bound, at + 1)) {
                String changed = select.substring(0, at) + looser + select.substring(at + bound.length());
                CutOffProof proof = CutOffProof.of(database, database.schema(), plan, with(statements, i, changed));
                assertTrue(!proof.findings().isEmpty(), () -> "not noticed: " + changed);
                assertTrue(proof.proven() < plan.width());
                DataIssue finding = proof.findings().getFirst();
                assertEquals("time.unproven", finding.code());
                assertTrue(finding.message().contains("without a bound by the cut-off"), finding::message);
                broken++;
            }
        }
        assertTrue(broken > 0, "no statement has " + bound);
    }

    @Test
    void noticesABoundOnTheOuterSideOfAnOuterJoin() {
        assertUnproven(
                Role.JOIN,
                select ->
                        select.replaceFirst("(?s)FROM features\\.k(\\d+) k\\s+JOIN", "FROM features.k$1 k FULL JOIN"));
    }

    @Test
    void noticesRowsOfOnePairUnderTheCutOffOfAnother() {
        assertUnproven(Role.KEYS, select -> select.replace("USING (pair)", "ON TRUE"));
        assertUnproven(Role.USES, select -> select.replace(" AND k.cutoff = p.cutoff", ""));
        assertUnproven(Role.FEATURES, select -> select.replace(" ON u.key = g.key", " ON TRUE"));
    }

    @Test
    void noticesAKeptJoinThatCarriesAnotherCutOff() {
        assertUnproven(Role.JOIN, select -> select.replace(", k.cutoff,", ", now() AS cutoff,"));
        assertUnproven(Role.JOIN, select -> select.replace("SELECT k.key", "SELECT 7 AS key"));
        assertUnproven(Role.JOIN, select -> select.replace(" < k.cutoff", " < now()"));
    }

    @Test
    void noticesATableReadDirectly() {
        assertUnproven(Role.JOIN, select -> select.replaceFirst("features\\.\"t orders\"", "main.orders"));
        assertUnproven(Role.ENCODE, select -> select.replace("FROM main.\"orders\" t", "FROM main.\"lines\" t"));
        assertUnproven(
                Role.FEATURES, select -> "SELECT f.*, (SELECT count(*) FROM main.orders) FROM (" + select + ") f");
    }

    @Test
    void noticesATableThePlannerTookForUndated() {
        FeaturePlan plan = plan(CUSTOMERS, false);
        CutOffProof proof = CutOffProof.of(database, database.schema(), with(plan, Optional.empty()));
        assertTrue(proof.findings().stream().anyMatch(f -> f.table().equals("orders")), proof::toString);
        assertTrue(
                proof.findings().getFirst().message().contains("orders takes its time from nothing, not from placed"),
                proof::toString);
    }

    @Test
    void noticesATableDatedByAnotherColumn() {
        FeaturePlan plan = plan(CUSTOMERS, false);
        CutOffProof proof = CutOffProof.of(database, database.schema(), with(plan, Optional.of("shipped")));
        assertTrue(proof.findings().getFirst().message().contains("from shipped, not from placed"), proof::toString);
    }

    private FeaturePlan plan(String entity, boolean includeCutoff) {
        FeatureSettings settings = FeatureSettings.standard().withIncludeCutoff(includeCutoff);
        return new FeaturePlanner(database, database.schema(), settings, SmallShop.TEST).plan(entity, 1_000);
    }

    /// The plan with another opinion of what dates orders.
    private static FeaturePlan with(FeaturePlan plan, Optional<String> time) {
        List<EncodedTable> tables = plan.tables().stream()
                .map(t -> t.table().equals("orders") ? new EncodedTable(t.table(), time, t.links(), t.measures()) : t)
                .toList();
        return new FeaturePlan(
                plan.entityTable(), plan.includeCutoff(), tables, plan.queries(), plan.dropped(), plan.estimate());
    }

    private static List<Statement> with(List<Statement> statements, int at, String select) {
        List<Statement> changed = new ArrayList<>(statements);
        Statement old = statements.get(at);
        changed.set(at, new Statement(old.role(), old.subject(), old.query(), select));
        return changed;
    }

    private void assertUnproven(Role role, UnaryOperator<String> change) {
        FeaturePlan plan = plan(CUSTOMERS, false);
        List<Statement> statements = PlanStatements.of(plan);
        int broken = 0;
        for (int i = 0; i < statements.size(); i++) {
            String changed = change.apply(statements.get(i).select());
            if (statements.get(i).role() == role
                    && !changed.equals(statements.get(i).select())) {
                CutOffProof proof = CutOffProof.of(database, database.schema(), plan, with(statements, i, changed));
                assertTrue(!proof.findings().isEmpty(), () -> "not noticed: " + changed);
                broken++;
            }
        }
        assertTrue(broken > 0, "nothing was changed");
    }
}
