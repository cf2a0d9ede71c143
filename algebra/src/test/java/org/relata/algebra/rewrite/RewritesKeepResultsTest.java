package org.relata.algebra.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.relata.algebra.GradientCheck;
import org.relata.algebra.RandomPrograms;
import org.relata.algebra.Reference;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Scan;
import org.relata.algebra.Sharing;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Tensor;

/// Random programs and their gradients before and after rewriting. More with `-Drelata.programs=10000`.
final class RewritesKeepResultsTest {
    private static final int PROGRAMS = Integer.getInteger("relata.programs", 600) / 3;

    @Test
    void randomProgramsComputeTheSameWithAllRewritesEachOffAndEachAlone() {
        List<Rewrites> choices = new ArrayList<>(List.of(Rewrites.all(), Rewrites.none()));
        for (String name : Rewrites.names()) {
            choices.add(Rewrites.all().without(name));
            choices.add(Rewrites.only(name));
        }
        Map<String, Integer> applied = new TreeMap<>();
        for (int seed = 0; seed < PROGRAMS; seed++) {
            Random random = new Random(seed);
            RelExpr program = RandomPrograms.program(random, 1 + seed % 4);
            Map<String, Relation> data = RandomPrograms.data(random);
            Map<String, RelExpr> outputs = outputs(program, Rewrites.none());
            Map<String, Relation> expected = run(outputs, data);
            for (int choice = 0; choice < choices.size(); choice++) {
                if (choice < 2 || (seed + choice) % 4 == 0) {
                    Rewrites rewrites = choices.get(choice);
                    String place = "seed " + seed + " with " + rewrites.active();
                    compare(expected, run(outputs(program, rewrites), data), place + ", differentiated so");
                    Rewritten rewritten = rewrites.apply(outputs);
                    compare(expected, run(rewritten.outputs(), data), place);
                    rewritten.applied().forEach((name, times) -> applied.merge(name, times, Integer::sum));
                }
            }
        }
        for (Rewrite rewrite : Rewrites.all().active()) {
            assertTrue(
                    applied.containsKey(rewrite.name())
                            || List.of(ProductJoin.NAME, JoinUnderAggregate.NAME)
                                    .contains(rewrite.name()),
                    rewrite.name() + " applies to some program, " + applied);
        }
    }

    /// A program, its loss, and the loss's gradients.
    private static Map<String, RelExpr> outputs(RelExpr program, Rewrites rewrites) {
        Map<String, RelExpr> outputs = new LinkedHashMap<>();
        RelExpr loss = GradientCheck.loss(program, "first");
        outputs.put("program", program);
        RelExpr nothing = RelExpr.constant(
                Relation.empty(program.type().key(), program.type().shape()));
        outputs.put("with nothing", program.add(nothing));
        outputs.put("loss", loss);
        String[] wrt = Sharing.sorted(program).stream()
                .filter(each -> each instanceof Scan)
                .map(each -> ((Scan) each).relation())
                .distinct()
                .toArray(String[]::new);
        Autodiff.gradient(loss, rewrites, wrt).forEach((name, gradient) -> outputs.put("by " + name, gradient));
        return outputs;
    }

    private static Map<String, Relation> run(Map<String, RelExpr> outputs, Map<String, Relation> data) {
        Reference reference = new Reference(data, Settings.NONE);
        Map<String, Relation> results = new LinkedHashMap<>();
        outputs.forEach((name, output) -> results.put(name, reference.run(output)));
        return results;
    }

    static void compare(Map<String, Relation> expected, Map<String, Relation> actual, String place) {
        expected.forEach((name, relation) -> {
            Relation other = actual.get(name);
            // A gradient may have, or lack, a tuple of zeros.
            if (!name.startsWith("by ")) {
                assertEquals(relation.tuples().keySet(), other.tuples().keySet(), name + " of " + place);
            }
            relation.tuples()
                    .forEach((key, value) -> near(value, other.get(key).orElse(zero(value)), name, key, place));
            other.tuples()
                    .forEach((key, value) -> near(value, relation.get(key).orElse(zero(value)), name, key, place));
        });
    }

    private static Tensor zero(Tensor value) {
        return Tensor.filled(value.shape(), 0);
    }

    private static void near(Tensor expected, Tensor actual, String name, Key key, String place) {
        for (int position = 0; position < expected.shape().size(); position++) {
            double one = expected.at(position);
            double other = actual.at(position);
            assertTrue(
                    Double.compare(one, other) == 0 || Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one)),
                    () -> name + " at " + key + ": " + expected + " and " + actual + ", " + place);
        }
    }
}
