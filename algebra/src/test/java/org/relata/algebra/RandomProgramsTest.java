package org.relata.algebra;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Tensor;

/// Gradients of random programs against differences. More with `-Drelata.programs=10000`.
final class RandomProgramsTest {
    private static final int PROGRAMS = Integer.getInteger("relata.programs", 600);

    @Test
    void gradientsOfRandomProgramsAgreeWithDifferences() {
        int compared = 0;
        int kinks = 0;
        for (int seed = 0; seed < PROGRAMS; seed++) {
            Random random = new Random(seed);
            RelExpr program = RandomPrograms.program(random, 1 + seed % 4);
            Map<String, Relation> data = RandomPrograms.data(random);
            GradientCheck.Outcome outcome = check(program, data, seed, seed % 4 < 2);
            if (outcome.fault().isPresent()) {
                fail("seed " + seed + "\n" + smallest(program, data, seed));
            }
            compared += outcome.compared();
            kinks += outcome.kinks();
        }
        assertTrue(compared > 3 * PROGRAMS, compared + " slopes compared");
        assertTrue(kinks < compared / 5, kinks + " slopes left out near kinks, " + compared + " compared");
    }

    @Test
    void factsHoldOfWhatRandomProgramsCompute() {
        for (int seed = 0; seed < PROGRAMS; seed++) {
            Random random = new Random(seed);
            RelExpr program = RandomPrograms.program(random, 3);
            FactsCheck.holds(program, new Reference(RandomPrograms.data(random), Settings.NONE));
        }
    }

    private static GradientCheck.Outcome check(
            RelExpr program, Map<String, Relation> data, int seed, boolean secondOrder) {
        String[] wrt = Sharing.sorted(program).stream()
                .filter(each -> each instanceof Scan scan && !scan.relation().equals("data"))
                .map(each -> ((Scan) each).relation())
                .distinct()
                .toArray(String[]::new);
        return secondOrder
                ? GradientCheck.bothOrders(program, data, new Random(seed), wrt)
                : GradientCheck.firstOrder(GradientCheck.loss(program, "first"), data, new Random(seed), wrt);
    }

    /// The smallest part of a failing program that fails by itself, with as few tuples as will do.
    private static String smallest(RelExpr program, Map<String, Relation> data, int seed) {
        for (RelExpr part : Sharing.sorted(program)) {
            if (check(part, data, seed, true).fault().isPresent()) {
                Map<String, Relation> less = new TreeMap<>(data);
                for (var entry : data.entrySet()) {
                    for (Key key : entry.getValue().tuples().keySet()) {
                        Relation before = less.get(entry.getKey());
                        TreeMap<Key, Tensor> tuples = new TreeMap<>(before.tuples());
                        tuples.remove(key);
                        less.put(entry.getKey(), new Relation(before.attributes(), before.shape(), tuples));
                        if (check(part, less, seed, true).fault().isEmpty()) {
                            less.put(entry.getKey(), before);
                        }
                    }
                }
                return check(part, less, seed, true).fault().orElseThrow() + "\n" + part.explain() + less;
            }
        }
        return program.explain() + data;
    }
}
