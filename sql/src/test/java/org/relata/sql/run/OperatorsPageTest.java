package org.relata.sql.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Aggregator;
import org.relata.algebra.Conformance;
import org.relata.algebra.GradientCheck;
import org.relata.algebra.Join;
import org.relata.algebra.KernelTable;
import org.relata.algebra.RelExpr;
import org.relata.algebra.RelationType;
import org.relata.algebra.Scan;
import org.relata.algebra.Select;
import org.relata.algebra.Sharing;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.kernel.Binary;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf;
import org.relata.algebra.kernel.Linear;
import org.relata.algebra.kernel.Reduce;
import org.relata.algebra.kernel.Unary;
import org.relata.algebra.kernel.Where;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.run.Program;
import org.relata.algebra.run.ReferenceRunner;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.sql.layout.Layout;
import org.relata.sql.write.Dialect;
import org.relata.sql.write.SqlScript;
import org.relata.sql.write.Storage;
import org.relata.sql.write.Stored;

/// Runs every kernel, aggregator and operator forward, differentiated and differentiated twice on every database,
/// compares
/// with the reference interpreter (whose derivatives `GradientTableTest` holds to differences), and writes the page
/// that
/// says so.
final class OperatorsPageTest {
    private static final List<String> ORDERS = List.of("forward", "gradient", "second order");

    private final Map<String, RelExpr> cases = new LinkedHashMap<>();
    private final Map<String, Map<String, Relation>> data = new TreeMap<>();

    /// For each thing a row is about and each column, whether all cases with it pass.
    private final Map<String, Map<String, Boolean>> results = new LinkedHashMap<>();

    @Test
    void thePageSaysWhatRuns() throws IOException, SQLException {
        prepare();
        try (Databases databases = new Databases()) {
            boolean wide = true;
            for (Map.Entry<String, RelExpr> each : cases.entrySet()) {
                // Each case in one layout here and in the other there; in all of them every night.
                wide = !wide;
                List<Databases.Place> places = Boolean.getBoolean("relata.nightly")
                        ? databases.all()
                        : List.of(
                                databases.duckdb(wide ? Layout.WIDE : Layout.SCALAR),
                                databases.postgres(wide ? Layout.SCALAR : Layout.WIDE));
                for (Databases.Place place : places) {
                    run(each.getKey(), each.getValue(), place);
                }
                write(each.getKey(), each.getValue());
            }
        }
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("mvnw"))) {
            root = root.getParent();
        }
        Path page = root.resolve("docs/reference/operators.md");
        String actual = page();
        Path aside = Path.of("target/operators.md");
        Files.createDirectories(aside.toAbsolutePath().getParent());
        Files.writeString(aside, actual);
        assertTrue(Files.exists(page), "docs/reference/operators.md is missing; it should be sql/target/operators.md");
        assertEquals(Files.readString(page), actual, "the page is stale; sql/target/operators.md is what it should be");
    }

    private void prepare() {
        KernelTable.ONES.forEach((name, row) -> {
            RelExpr x = RelExpr.scan("x", RelationType.of(row.shape(), "i", "j"));
            add(name, x.map(row.kernel()), new Random(3), row.from(), row.to());
        });
        KernelTable.TWOS.forEach((name, row) -> {
            RelExpr left = RelExpr.scan("x", RelationType.of(row.left(), "i", "j"));
            RelExpr right = RelExpr.scan("y", RelationType.of(row.right(), "j", "k"));
            RelExpr joined = left.join(right).on("j").with(row.kernel()).sum("i", "k");
            add(name, joined, new Random(name.hashCode()), row.from(), row.to());
        });
        for (Aggregator aggregator : Aggregator.values()) {
            for (Shape shape : List.of(Shape.SCALAR, Shape.of(3), Shape.of(2, 3))) {
                RelExpr x = RelExpr.scan("x", RelationType.of(shape, "i", "j"));
                RelExpr grouped = x.aggregate(aggregator, "i");
                add(
                        aggregator + " of " + shape,
                        grouped.map(value -> Kernels.multiply(value, value)),
                        new Random(5),
                        -2,
                        2);
            }
        }
        RelExpr x = RelExpr.scan("x", RelationType.of(Shape.SCALAR, "i", "j"));
        add(
                "where",
                x.where(KeyPredicate.equal(
                                KeyTerm.left("i").plus(KeyTerm.left("j")).modulo(KeyTerm.literal(2)),
                                KeyTerm.literal(0)))
                        .map(Kernels::exp),
                new Random(6),
                -1,
                1);
        add(
                "add",
                x.add(x.rename("i", "k")
                                .rename("j", "i")
                                .rename("k", "j")
                                .project(org.relata.algebra.key.KeyProjection.keep("i", "j")))
                        .map(Kernels::exp),
                new Random(7),
                -1,
                1);
        add(
                "hyper-parameter",
                x.map(value -> Kernels.multiply(Kernels.hyper("rate"), Kernels.exp(value))),
                new Random(8),
                -1,
                1);
    }

    private void add(String name, RelExpr program, Random random, double from, double to) {
        Map<String, Relation> drawn = new TreeMap<>();
        for (RelExpr each : Sharing.sorted(program)) {
            if (each instanceof Scan scan && !drawn.containsKey(scan.relation())) {
                drawn.put(scan.relation(), GradientCheck.random(scan.type(), 2, 0.2, random, from, to));
            }
        }
        cases.put(name, program);
        data.put(name, drawn);
    }

    /// What a program's rows are about.
    private static Set<String> subjects(RelExpr program) {
        Set<String> subjects = new LinkedHashSet<>();
        for (RelExpr each : Sharing.sorted(program)) {
            switch (each) {
                case Select select -> {
                    subjects.add("operator select");
                    kernels(select.kernel(), subjects);
                }
                case Join join -> {
                    subjects.add("operator join");
                    kernels(join.kernel(), subjects);
                }
                case Aggregate aggregate -> {
                    subjects.add("operator aggregate");
                    subjects.add("aggregator " + aggregate.aggregator().symbol());
                }
                case org.relata.algebra.Add _ -> subjects.add("operator add");
                case org.relata.algebra.Constant _ -> subjects.add("operator constant");
                case Scan _ -> subjects.add("operator scan");
            }
        }
        return subjects;
    }

    private static void kernels(Kernel kernel, Set<String> subjects) {
        for (Kernel each : KernelGraph.sorted(kernel)) {
            subjects.add("kernel "
                    + switch (each) {
                        case Leaf.Argument _ -> "argument";
                        case Leaf.Constant _ -> "constant";
                        case Leaf.KeyNumber _ -> "key number";
                        case Leaf.KeyTest _ -> "key test";
                        case Leaf.Hyper _ -> "hyper-parameter";
                        case Leaf.Random _ -> "random";
                        case Unary unary -> unary.operation().toString().toLowerCase(java.util.Locale.ROOT);
                        case Binary binary -> binary.operation().symbol();
                        case Where _ -> "where";
                        case Linear linear -> linear.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
                        case Reduce reduce ->
                            "reduce " + reduce.operation().toString().toLowerCase(java.util.Locale.ROOT);
                    });
        }
    }

    private static Map<String, RelExpr> orders(RelExpr program) {
        return orders(program, GradientCheck::loss);
    }

    private static Map<String, RelExpr> orders(RelExpr program, BiFunction<RelExpr, String, RelExpr> losses) {
        String[] wrt = Sharing.sorted(program).stream()
                .filter(each -> each instanceof Scan)
                .map(each -> ((Scan) each).relation())
                .distinct()
                .toArray(String[]::new);
        Map<String, RelExpr> outputs = new LinkedHashMap<>();
        outputs.put("forward", program);
        RelExpr loss = losses.apply(program, "first");
        List<RelExpr> firsts = new ArrayList<>();
        Autodiff.gradient(loss, wrt).forEach((name, gradient) -> {
            outputs.put("gradient " + name, gradient);
            firsts.add(losses.apply(gradient, "second " + name));
        });
        RelExpr second = firsts.stream().reduce(RelExpr::add).orElseThrow();
        String[] still = Sharing.sorted(second).stream()
                .filter(each -> each instanceof Scan)
                .map(each -> ((Scan) each).relation())
                .distinct()
                .toArray(String[]::new);
        Autodiff.gradient(second, still).forEach((name, gradient) -> outputs.put("second order " + name, gradient));
        return outputs;
    }

    private void run(String name, RelExpr program, Databases.Place place) {
        Settings settings = new Settings(Map.of("rate", 0.5), 11, 3);
        try (Runner reference = new ReferenceRunner();
                Runner runner = place.runner()) {
            data.get(name).forEach(reference::bind);
            data.get(name).forEach(runner::bind);
            Map<String, RelExpr> outputs = orders(program);
            try (Program expected = reference.compile(outputs);
                    Program actual = runner.compile(outputs)) {
                expected.run(settings);
                actual.run(settings);
                for (String output : outputs.keySet()) {
                    Relation right = expected.output(output);
                    boolean finite = right.tuples().values().stream()
                            .allMatch(tensor -> Arrays.stream(tensor.toArray()).allMatch(Double::isFinite));
                    assertTrue(finite, name + " is drawn from where it is defined");
                    assertEquals(
                            java.util.Optional.empty(),
                            Conformance.difference(right, actual.output(output), 1e-9),
                            () -> name + ", " + output + " on " + place + "\n" + actual.explain());
                }
            }
        }
        for (String order : ORDERS) {
            note(program, place.dialect().name() + " " + order, true);
        }
    }

    /// Spark does not run here; whether its text can be written is known.
    private void write(String name, RelExpr program) {
        // Losses without the random weights that tell elements apart in a comparison.
        Map<String, RelExpr> outputs = orders(
                program,
                (output, stream) ->
                        output.map(value -> Kernels.inner(value, value)).sum());
        Storage storage =
                scan -> new Stored(scan.relation(), scan.relation(), scan.type().names(), List.of("v"));
        for (String order : ORDERS) {
            java.util.SequencedMap<String, RelExpr> some = new LinkedHashMap<>();
            outputs.forEach((output, expression) -> {
                if (output.startsWith(order)) {
                    some.put(output, expression);
                }
            });
            boolean written;
            try {
                String text = SqlScript.of(Layout.SCALAR.apply(some), Dialect.SPARK, storage, Map.of())
                        .text();
                written = !text.isEmpty();
            } catch (AlgebraException unsupported) {
                assertTrue(unsupported.code().equals("sql.unsupported"), name + ": " + unsupported.getMessage());
                written = false;
            }
            if (written || !subjects(program).contains("kernel random")) {
                note(program, "spark " + order, written);
            } else {
                results.computeIfAbsent("kernel random", key -> new TreeMap<>()).put("spark " + order, false);
            }
        }
    }

    private void note(RelExpr program, String column, boolean passed) {
        for (String subject : subjects(program)) {
            results.computeIfAbsent(subject, key -> new TreeMap<>()).merge(column, passed, Boolean::logicalAnd);
        }
    }

    private String page() {
        StringBuilder text = new StringBuilder("""
                # Operators, kernels and aggregators

                What runs where. This page is written by a test that runs every line on the databases named, forward, differentiated and
                differentiated twice, with one column an element and with one row an element, and compares with the reference
                interpreter; the reference's own derivatives are held to central differences. *yes*: runs and agrees to 1e-9. *text*: SQL is
                written, but not run by the tests. A dash: not supported.

                """);
        for (String kind : List.of("operator", "aggregator", "kernel")) {
            text.append("## ")
                    .append(kind.substring(0, 1).toUpperCase(java.util.Locale.ROOT))
                    .append(kind.substring(1))
                    .append("s\n\n");
            text.append("| ")
                    .append(kind)
                    .append(" | order | reference | DuckDB | PostgreSQL | Spark SQL |\n|---|---|---|---|---|---|\n");
            results.entrySet().stream()
                    .filter(each -> each.getKey().startsWith(kind + " "))
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(each -> rows(text, each.getKey().substring(kind.length() + 1), each.getValue()));
            text.append('\n');
        }
        return text.toString().stripTrailing() + "\n";
    }

    /// One line where all orders are alike.
    private static void rows(StringBuilder text, String name, Map<String, Boolean> columns) {
        Map<String, String> lines = new LinkedHashMap<>();
        for (String order : ORDERS) {
            String cells = "yes | " + (columns.getOrDefault("duckdb " + order, false) ? "yes" : "–") + " | "
                    + (columns.getOrDefault("postgres " + order, false) ? "yes" : "–") + " | "
                    + (columns.getOrDefault("spark " + order, false) ? "text" : "–");
            lines.merge(cells, order, (a, b) -> a + ", " + b);
        }
        lines.forEach((cells, orders) -> text.append("| `")
                .append(name)
                .append("` | ")
                .append(orders)
                .append(" | ")
                .append(cells)
                .append(" |\n"));
    }
}
