package org.relata.sql.run;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.relata.algebra.GradientCheck;
import org.relata.algebra.RandomPrograms;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Scan;
import org.relata.algebra.Sharing;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.rewrite.Rewrites;
import org.relata.algebra.run.Program;
import org.relata.algebra.run.ReferenceRunner;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.Relation;
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
            Random random = new Random(seed);
            RelExpr program = RandomPrograms.program(random, 1 + seed % 4);
            Map<String, Relation> data = RandomPrograms.data(random);
            try (Runner reference = new ReferenceRunner();
                    Runner runner = place.runner()) {
                compared += compare(reference, runner, program, rewrites(seed), data, "seed " + seed);
            }
        }
        assertTrue(compared > 2 * many, compared + " relations compared");
    }

    private static int compare(
            Runner reference,
            Runner runner,
            RelExpr program,
            Rewrites rewrites,
            Map<String, Relation> data,
            String name) {
        Map<String, RelExpr> plain = withGradients(program, Rewrites.none());
        Map<String, RelExpr> outputs =
                rewrites.apply(withGradients(program, rewrites)).outputs();
        data.forEach(reference::bind);
        data.forEach(runner::bind);
        int compared = 0;
        try (Program expected = reference.compile(plain);
                Program actual = runner.compile(outputs)) {
            expected.run(Settings.NONE);
            try {
                actual.run(Settings.NONE);
            } catch (RuntimeException e) {
                fail(name + ": " + e.getMessage() + "\n" + program.explain() + actual.explain());
            }
            for (String output : outputs.keySet()) {
                Relation right = expected.output(output);
                if (isFinite(right)) {
                    Optional<String> difference = Comparison.difference(right, actual.output(output));
                    if (difference.isPresent()) {
                        fail(name + ", " + output + ": " + difference.get() + "\n" + program.explain()
                                + actual.explain());
                    }
                    compared++;
                }
            }
        }
        return compared;
    }

    private static Rewrites rewrites(int seed) {
        List<String> names = Rewrites.names();
        int choice = seed % (2 + 2 * names.size());
        return switch (choice) {
            case 0 -> Rewrites.all();
            case 1 -> Rewrites.none();
            default -> {
                String name = names.get((choice - 2) / 2);
                yield choice % 2 == 0 ? Rewrites.all().without(name) : Rewrites.only(name);
            }
        };
    }

    private static Map<String, RelExpr> withGradients(RelExpr program, Rewrites rewrites) {
        String[] wrt = Sharing.sorted(program).stream()
                .filter(each -> each instanceof Scan scan && !scan.relation().equals("data"))
                .map(each -> ((Scan) each).relation())
                .distinct()
                .toArray(String[]::new);
        RelExpr loss = GradientCheck.loss(program, "first");
        Map<String, RelExpr> outputs = new LinkedHashMap<>();
        outputs.put("value", program);
        outputs.put("loss", loss);
        Autodiff.gradient(loss, rewrites, wrt).forEach((relation, gradient) -> outputs.put("d_" + relation, gradient));
        return outputs;
    }

    private static boolean isFinite(Relation relation) {
        return relation.tuples().values().stream()
                .allMatch(tensor -> Arrays.stream(tensor.toArray()).allMatch(Double::isFinite));
    }
}
