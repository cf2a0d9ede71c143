package org.relata.learn.model;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.IntToDoubleFunction;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.run.Program;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Shape;
import org.relata.learn.train.Feed;
import org.relata.learn.train.Optimizer;
import org.relata.learn.train.ParameterInit;
import org.relata.learn.train.Trainer;
import org.relata.learn.train.TrainingOptions;
import org.relata.learn.train.TrainingResult;
import org.relata.learn.train.TrainingResult.Stop;
import org.relata.sql.model.Model;
import org.relata.sql.parse.ModelParser;
import org.relata.sql.parse.ShapeSource;

/// Learns to classify the nodes of a graph with [GraphConvolution], on all of the graph at every step or on samples.
///
/// Edges and features never stand in the heap: a query puts them in order, and they go straight into the engine's
/// memory. So do names, which stay in a database until predictions are written. The heap holds some nine bytes a node.
public final class GcnTraining implements AutoCloseable {
    private static final String LABELS = "label";
    private static final String HELD_OUT = "held_out";

    private final Scratch scratch;
    private final Graph graph;
    private final RowSum rows = new RowSum();
    private final GcnSettings settings;
    private final Layers layers;
    private final Model model;
    /// The same on all of the graph and without dropout.
    private final Model whole;

    private GcnTraining(Scratch scratch, Graph graph, GcnSettings settings) {
        this.scratch = scratch;
        this.graph = graph;
        this.settings = settings;
        this.layers = settings.batches().isPresent() ? Layers.sampled(graph, settings) : Layers.whole(graph, LABELS);
        this.model = parse(text());
        this.whole = parse(GraphConvolution.text(graph, settings.whole(), Layers.whole(graph, LABELS)));
    }

    /// Reads the graph in a folder.
    ///
    /// @param splitSeed of the split of nodes, where the files have none
    public static GcnTraining of(Path folder, GcnSettings settings, long splitSeed, Reading reading) {
        Scratch scratch = new Scratch(reading);
        try {
            return new GcnTraining(scratch, GraphFiles.read(scratch, folder, splitSeed), settings);
        } catch (RuntimeException | Error e) {
            scratch.close();
            throw e;
        }
    }

    private static Model parse(String text) {
        return ModelParser.parse("gcn.sql", text, ShapeSource.none());
    }

    /// The model that is trained, in SQL.
    public String text() {
        return GraphConvolution.text(graph, settings, layers);
    }

    /// What declares the parameters.
    public Model model() {
        return model;
    }

    /// What the graph is, in a few words.
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%,d nodes, %,d edges with loops, %,d features, %d classes; %,d nodes to learn from, %,d to choose by,"
                        + " %,d to test",
                graph.nodes(),
                graph.edges().count(),
                graph.features(),
                graph.classes().size(),
                graph.count(Split.TRAIN),
                graph.count(Split.VALIDATION),
                graph.count(Split.TEST));
    }

    /// Gives the graph to a runner.
    public void bind(Runner runner) {
        graph.edges().bind(runner, "edge", rows);
        graph.values().bind(runner, graph.sparse() ? "has" : "node", rows);
        scratch.rest();
        int classes = graph.classes().size();
        float[] one = new float[classes * classes];
        for (int each = 0; each < classes; each++) {
            one[each * classes + each] = 1;
        }
        Rows.of("id", Rows.upTo(classes), Shape.of(classes), one).bind(runner, "class");
        labels(Split.TRAIN).bind(runner, LABELS);
        labels(Split.VALIDATION).bind(runner, HELD_OUT);
    }

    private Rows labels(Split split) {
        SequencedMap<String, int[]> keys = new LinkedHashMap<>();
        int[] nodes = graph.of(split);
        keys.put("node", nodes);
        keys.put("class", Arrays.stream(nodes).map(node -> graph.labels()[node]).toArray());
        return new Rows(keys, Shape.SCALAR, new float[0]);
    }

    /// Learns on a runner to which the graph is bound; nothing comes of it if it was interrupted.
    public Optional<GcnResult> train(Runner runner, Session session) {
        TrainingResult result = learn(runner, session);
        if (result.stop() == Stop.INTERRUPTED) {
            return Optional.empty();
        }
        int[] predicted = predict(runner, session.seed());
        return Optional.of(new GcnResult(
                session.seed(),
                Math.toIntExact(result.epochs()),
                result.seconds(),
                result.history().getLast(),
                accuracy(predicted, Split.TRAIN),
                accuracy(predicted, Split.VALIDATION),
                accuracy(predicted, Split.TEST),
                result.parameters(),
                predicted));
    }

    private TrainingResult learn(Runner runner, Session session) {
        Map<String, String> named = settings.named();
        named.put("data", graph.checksum(rows));
        TrainingOptions options = session.applied(
                        new TrainingOptions(new Optimizer.Adam(settings.rate()), settings.epochs()))
                .settings(named);
        if (session.patience() > 0) {
            if (graph.count(Split.VALIDATION) == 0) {
                throw new AlgebraException(
                        "gcn.patience", "--patience", "no node is there to choose by", "write val for some nodes");
            }
            options = options.validation(
                    parse(GraphConvolution.text(graph, settings.whole(), Layers.whole(graph, HELD_OUT)))
                            .loss());
        }
        return trainer(runner, options, session).train(() -> ParameterInit.of(model, new Fresh(), session.seed()));
    }

    private Trainer trainer(Runner runner, TrainingOptions options, Session session) {
        if (settings.batches().isEmpty()) {
            return new Trainer(runner, model, options, session.state(), session.listener());
        }
        Feed feed = new GraphBatches(runner, graph, settings.batches().get(), layers);
        return new Trainer(runner, model, options, feed, session.state(), session.listener());
    }

    /// The most likely class of each node; −1 where nothing reaches a node.
    private int[] predict(Runner runner, long seed) {
        int[] predicted = new int[graph.nodes()];
        Arrays.fill(predicted, -1);
        try (Program program = runner.compile(
                Map.of(GraphConvolution.LOGITS, requireNonNull(whole.named().get(GraphConvolution.LOGITS))))) {
            program.run(new Settings(Map.of(), seed, 0));
            program.look(GraphConvolution.LOGITS, rows -> {
                for (int row = 0; row < rows.count(); row++) {
                    int at = row;
                    predicted[(int) rows.key(0, row)] = largest(rows.width(), element -> rows.number(at, element));
                }
                return predicted;
            });
        }
        return predicted;
    }

    private static int largest(int count, IntToDoubleFunction logits) {
        int best = 0;
        for (int each = 1; each < count; each++) {
            if (logits.applyAsDouble(each) > logits.applyAsDouble(best)) {
                best = each;
            }
        }
        return best;
    }

    private double accuracy(int[] predicted, Split split) {
        int[] nodes = graph.of(split);
        long right = Arrays.stream(nodes)
                .filter(node -> predicted[node] == graph.labels()[node])
                .count();
        return nodes.length == 0 ? Double.NaN : (double) right / nodes.length;
    }

    /// Writes a table `predictions` into a DuckDB file that nobody has open: each node by its name, with the class that
    /// was predicted, its label and its split. Names are joined there; they never come here.
    public void write(Path file, GcnResult result) {
        scratch.execute("CREATE OR REPLACE TEMPORARY TABLE predicted (number INTEGER, class INTEGER, split VARCHAR)");
        scratch.append("predicted", appender -> {
            for (int node = 0; node < graph.nodes(); node++) {
                appender.beginRow();
                appender.append(node).append(result.predicted()[node]);
                appender.append(graph.split(node).label());
                appender.endRow();
            }
        });
        scratch.into(file, """
                CREATE TABLE result.predictions AS
                SELECT CAST(node.name AS VARCHAR) AS node, CAST(class.label AS VARCHAR) AS predicted,
                    CAST(node.label AS VARCHAR) AS label, predicted.split
                FROM node JOIN predicted ON node.number = predicted.number
                    LEFT JOIN class ON class.number = predicted.class
                ORDER BY node.number
                """);
    }

    @Override
    public void close() {
        scratch.close();
    }
}
