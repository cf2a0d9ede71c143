package org.relata.algebra;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.rewrite.Rewrites;
import org.relata.algebra.run.Program;
import org.relata.algebra.run.ReferenceRunner;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Tensor;

/// Whether a runner computes what the reference interpreter does: for random programs and their gradients, with
/// rewrites
/// all on, all off, and each of them alone on or off by turns.
public final class Conformance {
    private Conformance() {}

    /// Compares one random program on both.
    ///
    /// @param tolerance relative, to a number of at least 1
    /// @return how many relations were compared: those that are finite
    public static int compare(Runner runner, int seed, double tolerance) {
        Random random = new Random(seed);
        RelExpr program = RandomPrograms.program(random, 1 + seed % 4);
        Map<String, Relation> data = RandomPrograms.data(random);
        Rewrites rewrites = rewrites(seed);
        Map<String, RelExpr> plain = withGradients(program, Rewrites.none());
        Map<String, RelExpr> outputs =
                rewrites.apply(withGradients(program, rewrites)).outputs();
        int compared = 0;
        try (Runner reference = new ReferenceRunner()) {
            data.forEach(reference::bind);
            data.forEach(runner::bind);
            try (Program expected = reference.compile(plain);
                    Program actual = runner.compile(outputs)) {
                expected.run(Settings.NONE);
                try {
                    actual.run(Settings.NONE);
                } catch (RuntimeException e) {
                    fail("seed " + seed + ": " + e + "\n" + program.explain() + actual.explain(), e);
                }
                for (String output : outputs.keySet()) {
                    Relation right = expected.output(output);
                    if (isFinite(right)) {
                        difference(right, actual.output(output), tolerance)
                                .ifPresent(difference -> fail("seed " + seed + ", " + output + ": " + difference + "\n"
                                        + program.explain() + actual.explain()));
                        compared++;
                    }
                }
            }
        }
        return compared;
    }

    /// The first difference: a key that one lacks, or numbers that differ by more than rounding.
    ///
    /// @param tolerance relative, to a number of at least 1
    public static Optional<String> difference(Relation expected, Relation actual, double tolerance) {
        if (!expected.tuples().keySet().equals(actual.tuples().keySet())) {
            return Optional.of("keys " + actual.tuples().keySet() + " instead of "
                    + expected.tuples().keySet());
        }
        for (Map.Entry<Key, Tensor> tuple : expected.tuples().entrySet()) {
            double[] one = tuple.getValue().toArray();
            double[] other = actual.get(tuple.getKey()).orElseThrow().toArray();
            for (int position = 0; position < one.length; position++) {
                double scale = Math.max(1, Math.abs(one[position]));
                if (!(Math.abs(one[position] - other[position]) <= tolerance * scale)
                        && Double.compare(one[position], other[position]) != 0) {
                    return Optional.of("at " + tuple.getKey() + ", element " + position + ": " + other[position]
                            + " instead of " + one[position]);
                }
            }
        }
        return Optional.empty();
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
