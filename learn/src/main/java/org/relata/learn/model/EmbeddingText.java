package org.relata.learn.model;

import java.util.Locale;

/// The text of an embedding of a knowledge graph.
///
/// A step's facts are rows: what is known of it (its head, `side` 1, or its tail, `side` −1), its relation, and the
/// entity that is wanted. False entities belong to a chunk, and so to all facts of the chunk. So heads and tails are
/// replaced in one program, and negatives may be shared or not.
final class EmbeddingText {
    /// The false entities' scores are called so in the text.
    static final String FAR = "far";

    /// Their weights in the loss.
    static final String SHARE = "share";

    private final KgeSettings settings;
    private final int entities;
    private final int links;

    EmbeddingText(KgeSettings settings, int entities, int links) {
        this.settings = settings;
        this.entities = entities;
        this.links = links;
    }

    /// The model that is trained.
    String loss() {
        boolean weighed = settings.temperature() > 0;
        String weights = weighed ? """
                -- softmax(temperature * score) over the false entities of a fact: computed before the step, since it is no
                -- part of what is differentiated.
                CREATE TABLE weight (id INT, number INT, v DOUBLE, PRIMARY KEY (id, number));
                """ : "";
        String wrong = weighed ? """
                each_false AS (
                    SELECT far.id, SUM(weight.v * softplus(far.v)) AS v
                    FROM far JOIN weight ON far.id = weight.id AND far.number = weight.number
                    GROUP BY far.id
                ), false_facts AS (
                    SELECT AVG(v) AS v FROM each_false
                )""" : """
                false_facts AS (
                    SELECT AVG(softplus(far.v)) AS v FROM far
                )""";
        return tables() + weights + scores() + """
                , true_facts AS (
                    SELECT AVG(softplus(-near.v)) AS v FROM near
                ),\s""" + wrong + end();
    }

    /// A model whose named query `share` gives the weights of false entities.
    String weights() {
        return tables() + scores() + format("""
                , peak AS (
                    SELECT far.id, LOGSUMEXP(%1$s * far.v) AS v FROM far GROUP BY far.id
                ), share AS (
                    SELECT far.id, far.number, exp(%1$s * far.v - peak.v) AS v FROM far JOIN peak ON far.id = peak.id
                )
                SELECT SUM(v) AS loss FROM share;
                """, settings.temperature());
    }

    private String tables() {
        int entity = settings.embedding().entityWidth(settings.dimension());
        int link = settings.embedding().linkWidth(settings.dimension());
        String start = format("uniform(%s, %s)", -settings.start(), settings.start());
        String linkStart = settings.embedding() == Embedding.ROTATE ? "normal(1)" : start;
        return format("""
                CREATE TABLE fact (
                    id INT PRIMARY KEY,
                    chunk INT NOT NULL,
                    known INT NOT NULL,
                    link INT NOT NULL,
                    wanted INT NOT NULL,
                    side DOUBLE
                );
                CREATE TABLE other (chunk INT, number INT, entity INT NOT NULL, PRIMARY KEY (chunk, number));
                CREATE PARAMETER TABLE entity (id INT PRIMARY KEY CHECK (id BETWEEN 0 AND %d), v VECTOR[%d] %s);
                CREATE PARAMETER TABLE link (id INT PRIMARY KEY CHECK (id BETWEEN 0 AND %d), v VECTOR[%d] %s);
                """, entities - 1, entity, start, links - 1, link, linkStart)
                + (settings.embedding() == Embedding.TRANSR ? format("""
                CREATE PARAMETER TABLE projection (
                    id INT PRIMARY KEY CHECK (id BETWEEN 0 AND %d),
                    m MATRIX[%d][%d] glorot
                );
                """, links - 1, link, entity) : "");
    }

    /// The queries `near`, of a fact's own entity, and `far`, of the false ones.
    private String scores() {
        boolean projected = settings.embedding() == Embedding.TRANSR;
        String reached = projected ? "matrix_vector_multiply(projection.m, e.v)" : "e.v";
        String join = projected ? " JOIN projection ON aim.link = projection.id" : "";
        return "\nWITH " + aim() + """
                , near AS (
                    SELECT aim.id, %1$s AS v
                    FROM aim%2$s JOIN entity e ON aim.wanted = e.id
                ), far AS (
                    SELECT aim.id, other.number, %1$s AS v
                    FROM aim%2$s JOIN other ON aim.chunk = other.chunk JOIN entity e ON other.entity = e.id
                )""".formatted(score("aim.v", reached), join);
    }

    private String aim() {
        int half = settings.dimension();
        return switch (settings.embedding()) {
            case TRANSE -> from("known.v + fact.side * link.v", "");
            case DISTMULT -> from("known.v * link.v", "");
            case TRANSR ->
                from(
                        "matrix_vector_multiply(projection.m, known.v) + fact.side * link.v",
                        " JOIN projection ON fact.link = projection.id");
            case COMPLEX -> turned("1", half);
            case ROTATE ->
                turned(format("sqrt(square(slice(v, 0, %1$d)) + square(slice(v, %1$d, %2$d)))", half, 2 * half), half);
        };
    }

    private static String from(String value, String join) {
        return """
                aim AS (
                    SELECT fact.id, fact.chunk, fact.link, fact.wanted, %s AS v
                    FROM fact JOIN entity known ON fact.known = known.id JOIN link ON fact.link = link.id%s
                )""".formatted(value, join);
    }

    /// Complex numbers, real parts first, times those of the relation over their lengths, or their conjugates.
    private static String turned(String length, int half) {
        return format("""
                turn AS (
                    SELECT id, slice(v, 0, %1$d) / %3$s AS re, slice(v, %1$d, %2$d) / %3$s AS im FROM link
                ), part AS (
                    SELECT id, slice(v, 0, %1$d) AS re, slice(v, %1$d, %2$d) AS im FROM entity
                ), aim AS (
                    SELECT fact.id, fact.chunk, fact.link, fact.wanted, concat(
                        turn.re * part.re - fact.side * turn.im * part.im,
                        turn.re * part.im + fact.side * turn.im * part.re
                    ) AS v
                    FROM fact JOIN part ON fact.known = part.id JOIN turn ON fact.link = turn.id
                )""", half, 2 * half, length);
    }

    /// How near an entity comes.
    private String score(String aim, String entity) {
        int half = settings.dimension();
        String apart = aim + " - " + entity;
        return switch (settings.embedding()) {
            case DISTMULT, COMPLEX -> "inner_product(" + aim + ", " + entity + ")";
            case TRANSE ->
                settings.norm() == 1
                        ? format("%s - tensor_sum(abs(%s))", settings.margin(), apart)
                        : format("%s - sqrt(tensor_sum(square(%s)) + 1e-12)", settings.margin(), apart);
            case TRANSR -> format("%s - sqrt(tensor_sum(square(%s)) + 1e-12)", settings.margin(), apart);
            case ROTATE ->
                format(
                        "%s - tensor_sum(sqrt(square(slice(%4$s, 0, %2$d)) + square(slice(%4$s, %2$d, %3$d)) + 1e-12))",
                        settings.margin(), half, 2 * half, apart);
        };
    }

    private String end() {
        String both = "(true_facts.v + false_facts.v) / 2";
        if (settings.penalty() == 0) {
            return "\nSELECT " + both + " AS loss FROM true_facts, false_facts;\n";
        }
        return format("""
                , size AS (
                    SELECT AVG(tensor_sum(square(a.v)) + tensor_sum(square(b.v)) + tensor_sum(square(link.v))) AS v
                    FROM fact
                    JOIN entity a ON fact.known = a.id
                    JOIN entity b ON fact.wanted = b.id
                    JOIN link ON fact.link = link.id
                )
                SELECT %s + %s * size.v AS loss FROM true_facts, false_facts, size;
                """, both, settings.penalty());
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
