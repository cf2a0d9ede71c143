package org.relata.learn.model;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.run.Program;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;
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
public final class GcnTraining {
    private static final String LABELS = "label";
    private static final String HELD_OUT = "held_out";

    private final Graph graph;
    private final GcnSettings settings;
    private final Layers layers;
    private final Model model;
    /// The same on all of the graph and without dropout.
    private final Model whole;

    private GcnTraining(Graph graph, GcnSettings settings) {
        this.graph = graph;
        this.settings = settings;
        this.layers = settings.batches().isPresent() ? Layers.sampled(graph, settings) : Layers.whole(graph, LABELS);
        this.model = parse(text());
        this.whole = parse(GraphConvolution.text(graph, settings.whole(), Layers.whole(graph, LABELS)));
    }

    /// Reads the graph in a folder.
    ///
    /// @param splitSeed of the split of nodes, where the files have none
    public static GcnTraining of(Path folder, GcnSettings settings, long splitSeed) {
        return new GcnTraining(GraphFiles.read(folder, splitSeed), settings);
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
                graph.nodes().size(),
                graph.edges().count(),
                graph.features(),
                graph.classes().size(),
                graph.of(Split.TRAIN).length,
                graph.of(Split.VALIDATION).length,
                graph.of(Split.TEST).length);
    }

    /// Gives the graph to a runner.
    public void bind(Runner runner) {
        graph.edges().bind(runner, "edge");
        graph.values().bind(runner, graph.sparse() ? "has" : "node");
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
                predictions(predicted)));
    }

    private TrainingResult learn(Runner runner, Session session) {
        Map<String, String> named = settings.named();
        named.put("data", graph.checksum());
        TrainingOptions options = session.applied(
                        new TrainingOptions(new Optimizer.Adam(settings.rate()), settings.epochs()))
                .settings(named);
        if (session.patience() > 0) {
            if (graph.of(Split.VALIDATION).length == 0) {
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
        int[] predicted = new int[graph.nodes().size()];
        Arrays.fill(predicted, -1);
        try (Program program = runner.compile(
                Map.of(GraphConvolution.LOGITS, requireNonNull(whole.named().get(GraphConvolution.LOGITS))))) {
            program.run(new Settings(Map.of(), seed, 0));
            Relation logits = program.output(GraphConvolution.LOGITS);
            for (Map.Entry<Key, Tensor> each : logits.tuples().entrySet()) {
                predicted[((Long) each.getKey().value(0)).intValue()] = largest(each.getValue());
            }
        }
        return predicted;
    }

    private static int largest(Tensor logits) {
        int best = 0;
        for (int each = 1; each < logits.shape().size(); each++) {
            if (logits.at(each) > logits.at(best)) {
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

    private List<GcnResult.Prediction> predictions(int[] predicted) {
        List<GcnResult.Prediction> rows = new ArrayList<>();
        for (int node = 0; node < predicted.length; node++) {
            rows.add(new GcnResult.Prediction(
                    graph.nodes().get(node),
                    name(predicted[node]),
                    name(graph.labels()[node]),
                    graph.splits().get(node)));
        }
        return rows;
    }

    private String name(int label) {
        return label < 0 ? "" : graph.classes().get(label);
    }
}
