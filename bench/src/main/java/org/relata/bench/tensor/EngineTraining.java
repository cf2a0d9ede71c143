package org.relata.bench.tensor;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.relata.algebra.RelExpr;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.rewrite.KernelSplit;
import org.relata.algebra.rewrite.LoopInvariants;
import org.relata.algebra.rewrite.Rewrites;
import org.relata.algebra.run.Program;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;
import org.relata.engine.EngineOptions;
import org.relata.engine.EngineRunner;
import org.relata.engine.memory.Values;
import org.relata.learn.train.Optimizer;
import org.relata.learn.train.Update;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;
import org.relata.sql.parse.ModelParser;
import org.relata.sql.parse.ShapeSource;

/// A model file on the engine: what the trainer does at each step, and nothing else.
final class EngineTraining implements TensorLoad.Training {
    private final EngineRunner runner;
    private final Program program;
    private final Optimizer optimizer;
    private final Map<String, String> changed;
    private final Runnable before;
    private long step;

    private EngineTraining(
            EngineRunner runner, Program program, Optimizer optimizer, Map<String, String> changed, Runnable before) {
        this.runner = runner;
        this.program = program;
        this.optimizer = optimizer;
        this.changed = changed;
        this.before = before;
    }

    /// Makes a model ready.
    ///
    /// @param runner to which all relations are bound
    /// @param projection what becomes of a parameter after each step
    /// @param before done before each step: it binds the next batch
    /// @param batches relations that differ from step to step
    static EngineTraining of(
            EngineRunner runner,
            String text,
            Optimizer optimizer,
            UnaryOperator<RelExpr> projection,
            Runnable before,
            Set<String> batches) {
        Model model = ModelParser.parse("model.sql", text, ShapeSource.none());
        RelExpr loss =
                requireNonNull(KernelSplit.apply(Map.of("loss", model.loss())).get("loss"));
        String[] names = model.parameters().stream().map(Input::relation).toArray(String[]::new);
        Map<String, RelExpr> gradients = Autodiff.gradient(loss, Rewrites.all(), names);
        Map<String, RelExpr> outputs = new LinkedHashMap<>();
        for (Input parameter : model.parameters()) {
            String name = parameter.relation();
            Update update = optimizer.update(parameter.scan(), requireNonNull(gradients.get(name)));
            outputs.put(name, projection.apply(update.parameter()));
            outputs.putAll(update.state());
            for (String word : optimizer.kept()) {
                zeros(runner, Optimizer.kept(name, word), name);
            }
        }
        Map<String, String> changed = new LinkedHashMap<>();
        outputs.keySet().forEach(name -> changed.put(name, name));
        outputs.put("loss", loss);
        Set<String> varying = new HashSet<>(changed.keySet());
        varying.addAll(batches);
        runner.expect(outputs, varying);
        LoopInvariants split = LoopInvariants.of(Rewrites.all().apply(outputs).outputs(), varying);
        if (!split.once().isEmpty()) {
            try (Program once = runner.compile(split.once())) {
                once.run(Settings.NONE);
                split.once().keySet().forEach(name -> once.keep(name, name));
            }
        }
        return new EngineTraining(runner, runner.compile(split.each()), optimizer, changed, before);
    }

    private static void zeros(EngineRunner runner, String name, String like) {
        Relation relation = runner.read(like);
        Map<Key, Tensor> zeros = new TreeMap<>();
        relation.tuples().keySet().forEach(key -> zeros.put(key, Tensor.filled(relation.shape(), 0)));
        runner.bind(name, new Relation(relation.attributes(), relation.shape(), new TreeMap<>(zeros)));
    }

    /// A runner for a load.
    static EngineRunner runner(EngineOptions options) {
        return new EngineRunner(options);
    }

    /// Copies numbers into the values of a relation.
    static void fill(Values values, float[] numbers) {
        MemorySegment.copy(numbers, 0, values.segment(), ValueLayout.JAVA_FLOAT, 0, numbers.length);
    }

    /// A relation with the empty key.
    static Relation single(Shape shape, float[] numbers) {
        double[] doubles = new double[numbers.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = numbers[i];
        }
        return Relation.empty(List.of(), shape).plus(Key.EMPTY, Tensor.of(shape, doubles));
    }

    @Override
    public double step() {
        before.run();
        program.run(new Settings(optimizer.numbers(++step), 1, step), changed);
        return program.output("loss").get(Key.EMPTY).orElseThrow().number();
    }

    @Override
    public long mostBytes() {
        return runner.memory().most();
    }

    @Override
    public String explain() {
        return program.explain();
    }

    @Override
    public void close() {
        program.close();
        runner.close();
    }
}
