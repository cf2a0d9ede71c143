package org.relata.learn.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.run.Program;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.Shape;
import org.relata.learn.model.KnowledgeGraph.Facts;
import org.relata.learn.train.Feed;

/// Gives each step some facts and false entities for them. Every fact is seen once an epoch, in random order; chunks of
/// facts have, in turn, their tails and their heads replaced. What is left over of an epoch is too small for a step.
final class NegativeSampler implements Feed {
    private static final String FACT = "fact";
    private static final String OTHER = "other";
    private static final String WEIGHT = "weight";
    private static final int TRIES = 20;

    private final Runner runner;
    private final Facts facts;
    private final int entities;
    private final KgeSettings settings;
    /// Empty where false entities are shared.
    private final Optional<KnownFacts> known;
    private final Optional<Program> weights;
    private final int batch;
    private int[] order = {};
    private long orderedEpoch = -1;

    /// @param weights gives the weights of a step's false entities; empty where all count alike
    NegativeSampler(Runner runner, KnowledgeGraph graph, KgeSettings settings, Optional<Program> weights) {
        this.runner = runner;
        this.facts = graph.train();
        this.entities = graph.entities();
        this.settings = settings;
        this.weights = weights;
        this.batch = Math.min(settings.batch(), facts.count());
        this.known = settings.chunk() == 1 ? Optional.of(new KnownFacts(graph)) : Optional.empty();
    }

    @Override
    public int steps() {
        return facts.count() / batch;
    }

    @Override
    public Set<String> varying() {
        return weights.isPresent() ? Set.of(FACT, OTHER, WEIGHT) : Set.of(FACT, OTHER);
    }

    @Override
    public String fingerprint() {
        return facts.count() + ":" + batch + ":" + settings.negatives() + ":" + settings.chunk();
    }

    @Override
    public boolean complete() {
        return false;
    }

    @Override
    public void show(long seed, long epoch, int step) {
        if (orderedEpoch != epoch) {
            order = Rows.shuffled(facts.count(), new SplittableRandom(seed * 0x9E3779B97F4A7C15L + epoch));
            orderedEpoch = epoch;
        }
        SplittableRandom random =
                new SplittableRandom((seed * 0xD1B54A32D192ED03L + epoch) * 0x9E3779B97F4A7C15L + step);
        int chunks = Math.ceilDiv(batch, settings.chunk());
        int[][] columns = new int[5][batch];
        float[] sides = new float[batch];
        for (int row = 0; row < batch; row++) {
            int fact = order[step * batch + row];
            int chunk = row / settings.chunk();
            boolean tail = tailWanted(chunk, step);
            columns[0][row] = row;
            columns[1][row] = chunk;
            columns[2][row] = tail ? facts.heads()[fact] : facts.tails()[fact];
            columns[3][row] = facts.links()[fact];
            columns[4][row] = tail ? facts.tails()[fact] : facts.heads()[fact];
            sides[row] = tail ? 1 : -1;
        }
        String[] names = {"id", "chunk", "known", "link", "wanted"};
        SequencedMap<String, int[]> keys = new LinkedHashMap<>();
        for (int column = 0; column < names.length; column++) {
            keys.put(names[column], columns[column]);
        }
        new Rows(keys, Shape.SCALAR, sides).bind(runner, FACT);
        others(chunks, step, random, columns).bind(runner, OTHER);
        weights.ifPresent(program -> {
            program.run(new Settings(Map.of(), seed, step));
            program.keep(EmbeddingText.SHARE, WEIGHT);
        });
    }

    /// Whether a chunk's tails are replaced, or its heads.
    private static boolean tailWanted(int chunk, int step) {
        return (chunk + step) % 2 == 0;
    }

    private Rows others(int chunks, int step, SplittableRandom random, int[][] columns) {
        int count = chunks * settings.negatives();
        int[] chunk = new int[count];
        int[] number = new int[count];
        int[] entity = new int[count];
        for (int row = 0; row < count; row++) {
            chunk[row] = row / settings.negatives();
            number[row] = row % settings.negatives();
            entity[row] = random.nextInt(entities);
            // Where a false entity is one fact's alone, it can be kept from making a known fact.
            for (int tries = 0;
                    known.isPresent()
                            && tries < TRIES
                            && makesFact(known.get(), chunk[row], step, columns, entity[row]);
                    tries++) {
                entity[row] = random.nextInt(entities);
            }
        }
        SequencedMap<String, int[]> keys = new LinkedHashMap<>();
        keys.put("chunk", chunk);
        keys.put("number", number);
        keys.put("entity", entity);
        return new Rows(keys, Shape.SCALAR, new float[0]);
    }

    private static boolean makesFact(KnownFacts known, int row, int step, int[][] columns, int entity) {
        int given = columns[2][row];
        int link = columns[3][row];
        return tailWanted(row, step) ? known.contain(given, link, entity) : known.contain(entity, link, given);
    }

    @Override
    public void showAll() {}
}
