package org.relata.learn.model;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.relata.algebra.run.Program;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.learn.model.KnowledgeGraph.Facts;
import org.relata.learn.train.Checksum;
import org.relata.learn.train.ParameterInit;
import org.relata.learn.train.Trainer;
import org.relata.learn.train.TrainingOptions;
import org.relata.learn.train.TrainingResult;
import org.relata.learn.train.TrainingResult.Stop;
import org.relata.learn.train.Validation;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;
import org.relata.sql.parse.ModelParser;
import org.relata.sql.parse.ShapeSource;

/// Learns vectors for the entities and relations of a knowledge graph, and ranks entities by them.
public final class KgeTraining implements AutoCloseable {
    /// Facts that are asked for after each epoch, where training may stop early.
    private static final int WATCHED = 1000;

    private static final String ENTITY = "entity";

    private final Scratch scratch;
    private final KnowledgeGraph graph;
    private final KgeSettings settings;
    private final EmbeddingText text;
    private final Model model;

    private KgeTraining(Scratch scratch, KnowledgeGraph graph, KgeSettings settings) {
        this.scratch = scratch;
        this.graph = graph;
        this.settings = settings;
        this.text = new EmbeddingText(settings, graph.entities(), graph.links());
        this.model = parse(text.loss());
    }

    /// Reads the facts in a folder.
    public static KgeTraining of(Path folder, KgeSettings settings, Reading reading) {
        Scratch scratch = new Scratch(reading);
        try {
            return of(scratch, KnowledgeFiles.read(scratch, folder), settings);
        } catch (RuntimeException | Error e) {
            scratch.close();
            throw e;
        }
    }

    static KgeTraining of(Scratch scratch, KnowledgeGraph graph, KgeSettings settings) {
        return new KgeTraining(scratch, graph, settings);
    }

    private static Model parse(String text) {
        return ModelParser.parse("kge.sql", text, ShapeSource.none());
    }

    /// The model that is trained, in SQL.
    public String text() {
        return text.loss();
    }

    /// What declares the parameters.
    public Model model() {
        return model;
    }

    /// What there is, in a few words.
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%,d entities, %,d relations; %,d facts to learn from, %,d to choose by, %,d to test",
                graph.entities(),
                graph.links(),
                graph.train().count(),
                graph.validation().count(),
                graph.test().count());
    }

    /// Learns, and ranks unless it was interrupted.
    public Optional<KgeResult> train(Runner runner, Session session) {
        TrainingResult result = learn(runner, session);
        if (result.stop() == Stop.INTERRUPTED) {
            return Optional.empty();
        }
        long start = System.nanoTime();
        LinkPrediction prediction = new LinkPrediction(scorer(runner), graph);
        Ranking validation = prediction.of(graph.validation());
        Ranking test = prediction.of(graph.test());
        return Optional.of(new KgeResult(result, validation, test, (System.nanoTime() - start) / 1e9));
    }

    private TrainingResult learn(Runner runner, Session session) {
        Map<String, String> named = settings.named();
        named.put("data", checksum());
        TrainingOptions options = session.applied(new TrainingOptions(settings.optimizer(), settings.epochs()))
                .settings(named);
        if (session.patience() > 0) {
            options = options.validation(watched());
        }
        Optional<Program> weights = settings.temperature() == 0
                ? Optional.empty()
                : Optional.of(runner.compile(Map.of(
                        EmbeddingText.SHARE,
                        requireNonNull(parse(text.weights()).named().get(EmbeddingText.SHARE)))));
        try {
            NegativeSampler sampler = new NegativeSampler(runner, graph, settings, weights);
            return new Trainer(runner, model, options, sampler, session.state(), session.listener())
                    .train(ParameterInit.start(model, new Fresh(), session.seed()));
        } finally {
            weights.ifPresent(Program::close);
        }
    }

    private String checksum() {
        Checksum sum = Checksum.of(List.of(graph.names()));
        for (Facts facts : graph.all()) {
            sum = sum.and(facts.heads()).and(facts.links()).and(facts.tails());
        }
        return "checksum " + sum.text();
    }

    /// How well some of the facts to choose by are found: not all, since it is asked after each epoch.
    private Validation watched() {
        Facts some = graph.validation().some(WATCHED);
        return new Validation.Figure("reciprocal rank of " + some.count(), runner -> {
            return -new LinkPrediction(scorer(runner), graph).of(some).mrr();
        });
    }

    private Scorer scorer(Runner runner) {
        return new Scorer(
                settings,
                Vectors.of(runner, ENTITY),
                runner.read("link"),
                settings.embedding() == Embedding.TRANSR
                        ? runner.read("projection")
                        : Relation.empty(List.of(), Shape.SCALAR));
    }

    /// What declares the parameters of relations.
    public Model links() {
        List<Input> inputs = model.inputs().stream()
                .filter(input -> !input.relation().equals(ENTITY))
                .toList();
        return new Model(model.tables(), inputs, model.loss(), model.named());
    }

    /// These parameters, which are few, as a runner learned them.
    public Map<String, Relation> parameters(Runner runner) {
        Map<String, Relation> parameters = new LinkedHashMap<>();
        links().parameters().forEach(each -> parameters.put(each.relation(), runner.read(each.relation())));
        return parameters;
    }

    /// Writes entities that a runner learned into a DuckDB file that nobody has open, and what the numbers of entities
    /// and
    /// relations stand for.
    public void write(Path file, Runner runner) {
        scratch.vectors(file, ENTITY, Vectors.of(runner, ENTITY), Optional.empty());
        scratch.into(
                file,
                "CREATE TABLE result.entity_name AS SELECT CAST(number AS BIGINT) AS id, name FROM entity"
                        + " ORDER BY number");
        scratch.into(
                file,
                "CREATE TABLE result.link_name AS SELECT CAST(number AS BIGINT) AS id, name FROM relation"
                        + " ORDER BY number");
    }

    @Override
    public void close() {
        scratch.close();
    }
}
