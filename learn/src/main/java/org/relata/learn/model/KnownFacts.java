package org.relata.learn.model;

import java.util.Arrays;
import org.relata.algebra.value.AlgebraException;
import org.relata.learn.model.KnowledgeGraph.Facts;

/// Which facts are known: a number each in a table without objects, since there may be many millions.
final class KnownFacts {
    private static final long EMPTY = -1;
    private static final long ODD = 0x9E3779B97F4A7C15L;

    private final long[] table;
    private final long entities;
    private final long links;

    KnownFacts(KnowledgeGraph graph) {
        Facts facts = graph.train();
        this.entities = graph.entities();
        this.links = graph.links();
        if (Math.multiplyHigh(entities * entities, links) != 0 || entities * entities * links < 0) {
            throw new AlgebraException(
                    "kge.chunk",
                    "--chunk 1",
                    entities + " entities and " + links + " relations make more facts than can be numbered",
                    "let facts share their false entities");
        }
        this.table = new long[Integer.highestOneBit(Math.max(1, facts.count())) * 4];
        Arrays.fill(table, EMPTY);
        for (int fact = 0; fact < facts.count(); fact++) {
            long number = number(facts.heads()[fact], facts.links()[fact], facts.tails()[fact]);
            table[place(number)] = number;
        }
    }

    private long number(int head, int link, int tail) {
        return (head * links + link) * entities + tail;
    }

    /// Where a number stands, or may be put.
    private int place(long number) {
        int place = (int) ((number * ODD) >>> 32) & (table.length - 1);
        while (table[place] != EMPTY && table[place] != number) {
            place = (place + 1) & (table.length - 1);
        }
        return place;
    }

    /// Whether a fact is known.
    boolean contain(int head, int link, int tail) {
        return table[place(number(head, link, tail))] != EMPTY;
    }
}
