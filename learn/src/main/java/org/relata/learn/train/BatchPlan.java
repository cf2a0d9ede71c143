package org.relata.learn.train;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;
import org.relata.sql.model.Table;

/// The steps of an epoch: which range of which relations each of them sees.
final class BatchPlan implements Feed {
    private final Runner runner;
    private final Set<String> relations;
    private final String attribute;
    private final List<Long> cuts;
    private final boolean sample;
    private int[] order = {};
    private long ordered = -1;

    private BatchPlan(Runner runner, Set<String> relations, String attribute, List<Long> cuts, boolean sample) {
        this.runner = runner;
        this.relations = relations;
        this.attribute = attribute;
        this.cuts = cuts;
        this.sample = sample;
    }

    /// All data at every step, or the batches of a table that is bound to the runner.
    static BatchPlan of(Runner runner, Model model, Optional<Batches> batches) {
        if (batches.isEmpty()) {
            return new BatchPlan(runner, Set.of(), "", List.of(), false);
        }
        Batches wanted = batches.get();
        Table table = table(model, wanted);
        String attribute = table.keys().stream()
                .map(Table.KeyColumn::attribute)
                .filter(key -> key.domain() == Attribute.Domain.INTEGER)
                .findFirst()
                .orElseThrow(() -> new AlgebraException(
                        "batch.key",
                        "batch " + wanted,
                        "the table has no integer key attribute to cut into ranges",
                        "give it one, or train without batches"))
                .name();
        Set<String> relations = new LinkedHashSet<>();
        model.inputs().stream()
                .filter(input -> input.table().equals(table) && !input.learned())
                .sorted(Comparator.comparing(input -> input.condition().isPresent()))
                .map(Input::relation)
                .forEach(relations::add);
        if (relations.isEmpty()) {
            throw new AlgebraException(
                    "batch.learned",
                    "batch " + wanted,
                    "the table is learned, and a step changes all of it",
                    "name a table of data");
        }
        List<Long> cuts = runner.cuts(relations.iterator().next(), attribute, wanted.tuples());
        if (cuts.isEmpty()) {
            throw new AlgebraException("batch.empty", "batch " + wanted, "the table is empty", "fill it");
        }
        return new BatchPlan(runner, relations, attribute, cuts, wanted.sample());
    }

    private static Table table(Model model, Batches wanted) {
        Set<String> names = new LinkedHashSet<>();
        for (Input input : model.inputs()) {
            if (input.table().name().equals(wanted.table())) {
                return input.table();
            }
            names.add(input.table().name());
        }
        throw new AlgebraException(
                "batch.table",
                "batch " + wanted,
                "the loss reads no table " + wanted.table(),
                "it reads " + String.join(", ", names));
    }

    @Override
    public int steps() {
        return Math.max(1, cuts.size() - 1);
    }

    @Override
    public Set<String> varying() {
        return relations;
    }

    @Override
    public String fingerprint() {
        return steps() + ":" + Integer.toHexString(cuts.hashCode());
    }

    /// The ranges of an epoch in the order of its steps, from seed and epoch alone.
    int[] order(long seed, long epoch) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + epoch);
        int[] order = new int[steps()];
        for (int step = 0; step < order.length; step++) {
            if (sample) {
                order[step] = random.nextInt(order.length);
            } else {
                int other = random.nextInt(step + 1);
                order[step] = order[other];
                order[other] = step;
            }
        }
        return order;
    }

    @Override
    public boolean complete() {
        return true;
    }

    @Override
    public void show(long seed, long epoch, int step) {
        if (ordered != epoch) {
            order = order(seed, epoch);
            ordered = epoch;
        }
        int range = order[step];
        if (!cuts.isEmpty()) {
            relations.forEach(relation -> runner.restrict(relation, attribute, cuts.get(range), cuts.get(range + 1)));
        }
    }

    @Override
    public void showAll() {
        relations.forEach(runner::unrestrict);
    }
}
