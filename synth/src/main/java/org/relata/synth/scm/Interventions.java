package org.relata.synth.scm;

import java.util.Map;

/// Variables that are held at a value, whatever influences them; everything else keeps its noise.
public final class Interventions {
    /// Nothing is held, and nothing asked for.
    static final Interventions NONE = new Interventions(new int[0]);

    private final int[] needed;
    private final Map<Integer, Float> held;

    private Interventions(int[] needed) {
        this.needed = needed;
        this.held = Map.of();
    }

    /// Interventions in a model whose columns are settled.
    public Interventions(Scm scm, Map<Integer, Float> held) {
        this.needed = scm.needed();
        this.held = Map.copyOf(held);
    }

    /// The variables to evaluate, parents first. Do not change it.
    int[] needed() {
        return needed;
    }

    boolean holds(int variable) {
        return !held.isEmpty() && held.containsKey(variable);
    }

    float value(int variable) {
        return held.getOrDefault(variable, 0f);
    }
}
