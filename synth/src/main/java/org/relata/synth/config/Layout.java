package org.relata.synth.config;

/// How a directed acyclic graph is drawn, of tables or of the variables of a table.
public enum Layout implements Named {
    /// Every pair of nodes may be joined; dense.
    ERDOS_RENYI("ErdosRenyi"),
    /// Each new node is joined to nodes that have many edges already.
    BARABASI_ALBERT("BarabasiAlbert"),
    /// A tree whose edges lead away from its root.
    RANDOM_TREE("RandomTree"),
    /// A tree whose edges lead to its root.
    REVERSE_RANDOM_TREE("ReverseRandomTree"),
    /// A ring of neighbours with some edges rewired.
    WATTS_STROGATZ("WattsStrogatz"),
    /// Layers, each joined to the next.
    LAYERED("Layered"),
    /// Nodes with very unequal numbers of edges.
    RANDOM_CAUCHY("RandomCauchy");

    private final String label;

    Layout(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
