package org.relata.learn.train;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.run.Program;
import org.relata.algebra.run.Runner;
import org.relata.algebra.run.Runner.Access;
import org.relata.algebra.run.TrainingState;
import org.relata.algebra.run.TrainingState.Resumed;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Relation;
import org.relata.learn.train.TrainingListener.Standing;
import org.relata.learn.train.TrainingResult.Stop;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;

/// The training loop: one compiled program a step, until the epochs are done, the loss stops falling, or the thread is
/// interrupted. Where patience looks for the best epoch, the parameters of that one are what comes of it.
///
/// Going on from a saved state gives the numbers that going through would have given. Where a runner's sums depend on
/// the order of rows, that takes rows in the same order too: so relations are bound anew, in key order, whenever they
/// are saved, and how often that is depends on steps alone. The engine's rows are saved in the order that they have.
public final class Trainer {
    private static final int CHECKPOINTS = 20;
    private static final String WATCHED = "validation";
    private static final String BEST = "best";

    private final Runner runner;
    private final Model model;
    private final TrainingOptions options;
    private final TrainingState state;
    private final TrainingListener listener;
    private final StepProgram step;
    private final Feed feed;
    private final Unreached unreached;
    private SavedProgress progress;
    private double lastLoss = Double.NaN;
    private boolean unsaved = true;
    private boolean bestKept;
    private Optional<Program> watching = Optional.empty();
    private long started;

    /// @param runner to which all inputs of the model but the parameters are bound
    /// @param state where it is saved how to go on; an unfinished run there is gone on from
    public Trainer(
            Runner runner, Model model, TrainingOptions options, TrainingState state, TrainingListener listener) {
        this(runner, model, options, BatchPlan.of(runner, model, options.batches()), state, listener);
    }

    /// The same with data that comes step by step.
    ///
    /// @param feed in place of the batches of the options; what it does not bind is bound to the runner already
    public Trainer(
            Runner runner,
            Model model,
            TrainingOptions options,
            Feed feed,
            TrainingState state,
            TrainingListener listener) {
        if (model.parameters().isEmpty()) {
            throw new AlgebraException(
                    "train.parameters",
                    "the model",
                    "the loss reads no parameter, so there is nothing to learn",
                    "mark what is learned with PARAMETER");
        }
        this.runner = runner;
        this.model = model;
        this.options = options;
        this.state = state;
        this.listener = listener;
        this.step = StepProgram.of(model, options.optimizer());
        this.feed = feed;
        this.unreached = Unreached.of(runner, model, options, feed, listener);
        long steps = feed.steps();
        long automatic = steps * Math.max(1, Math.ceilDiv(options.epochs(), CHECKPOINTS));
        this.progress = SavedProgress.start(
                Identity.of(model, options, feed),
                options.checkpointEvery() > 0 ? options.checkpointEvery() : automatic);
    }

    /// Trains, and saves the end as well; the caller clears the state once the result is where it belongs.
    ///
    /// @param start the values that parameters start with, asked for unless a saved run is gone on from
    public TrainingResult train(Supplier<Map<String, Relation>> start) {
        TrainingResult result = train(Start.of(model, start));
        Map<String, Relation> parameters = new LinkedHashMap<>();
        model.parameters().forEach(each -> parameters.put(each.relation(), runner.read(each.relation())));
        return result.with(parameters);
    }

    /// The same, where parameters stay in the runner: the result has none of them.
    public TrainingResult train(Start start) {
        started = System.nanoTime();
        boolean resumed = resume();
        if (!resumed) {
            start(start);
        }
        runner.expect(step.outputs(), varying());
        TrainingSetup.Hoisted program = TrainingSetup.hoisted(step.outputs(), varying());
        program.prepare(runner, settings());
        if (!resumed && feed.complete()) {
            unreached.before(step, settings());
        }
        advise(Access.SCATTERED);
        listener.begin(progress.step(), options.epochs() * feed.steps());
        long first = progress.step();
        Stop stop = Stop.FINISHED;
        try (Program compiled = runner.compile(program.outputs())) {
            while (progress.epoch() < options.epochs() && stop == Stop.FINISHED) {
                stop = patienceEnded() ? Stop.PATIENCE : epoch(program, compiled, first);
            }
        } finally {
            watching.ifPresent(Program::close);
            watching = Optional.empty();
            feed.showAll();
        }
        // What is gone on from is the end; what comes of it is the best.
        save();
        advise(Access.IN_ORDER);
        if (stop != Stop.INTERRUPTED) {
            restoreBest();
        }
        double loss = stop == Stop.INTERRUPTED
                ? lastLoss
                : feed.complete() ? finalLoss() : progress.history().getLast();
        return new TrainingResult(
                stop, progress.epoch(), progress.step(), loss, progress.history(), seconds(), Map.of());
    }

    private Stop epoch(TrainingSetup.Hoisted setup, Program program, long first) {
        int steps = feed.steps();
        for (boolean open = true; open; ) {
            if (Thread.interrupted()) {
                return Stop.INTERRUPTED;
            }
            feed.show(options.seed(), progress.epoch(), progress.inEpoch());
            if (progress.step() == first) {
                setup.forecast(program, runner).ifPresent(listener::note);
            }
            step(program);
            double elapsed = elapsed();
            double rate = (progress.step() - first) / Math.max(elapsed, 1e-9);
            long total = options.epochs() * steps;
            listener.step(new Standing(
                    progress.epoch() + 1,
                    options.epochs(),
                    progress.step(),
                    total,
                    lastLoss,
                    rate,
                    Duration.ofMillis(Math.round((total - progress.step()) / rate * 1000))));
            open = progress.inEpoch() < steps;
            if (!open) {
                closeEpoch();
            }
            if (progress.step() % progress.checkpointEvery() == 0) {
                save();
            }
        }
        return Stop.FINISHED;
    }

    private void step(Program program) {
        long number = progress.step() + 1;
        Map<String, String> kept = new LinkedHashMap<>();
        step.changed().forEach(relation -> kept.put(relation, relation));
        program.run(new Settings(options.optimizer().numbers(number), options.seed(), number), kept);
        Optional<Double> loss = LossValue.of(program, step.loss());
        if (loss.isPresent()) {
            lastLoss = finite(loss.get(), "step " + number + " (epoch " + (progress.epoch() + 1) + ")");
        }
        progress = progress.stepped(loss.stream().toList());
        unsaved = true;
    }

    private void closeEpoch() {
        if (progress.counted() == 0) {
            throw LossValue.none();
        }
        double mean = progress.sum() / progress.counted();
        listener.epoch(progress.epoch() + 1, mean);
        feed.showAll();
        progress = progress.closed(options.validation()
                .map(validation ->
                        finite(watched(validation), "the validation loss after epoch " + (progress.epoch() + 1)))
                .orElse(mean));
        unsaved = true;
        if (feed.complete() && progress.epoch() == 1) {
            unreached.after();
        }
        if (options.patience() > 0 && progress.stale() == 0) {
            model.parameters().forEach(each -> runner.bindCopy(best(each), each.relation()));
            bestKept = true;
        }
    }

    private static String best(Input parameter) {
        return Optimizer.kept(parameter.relation(), BEST);
    }

    /// Makes the parameters those of the epoch in which patience saw the best.
    private void restoreBest() {
        if (options.patience() > 0 && bestKept && progress.stale() > 0) {
            model.parameters().forEach(each -> runner.bindCopy(each.relation(), best(each)));
        }
    }

    /// What is saved: what steps change and, once an epoch was the best, what it left.
    private Set<String> kept(boolean best) {
        Set<String> kept = new LinkedHashSet<>(step.changed());
        if (best) {
            model.parameters().forEach(each -> kept.add(best(each)));
        }
        return kept;
    }

    private boolean holdBest(Set<String> relations) {
        return model.parameters().stream().allMatch(each -> relations.contains(best(each)));
    }

    private double watched(Validation validation) {
        return switch (validation) {
            case Validation.Figure figure -> figure.of().applyAsDouble(runner);
            case Validation.Loss loss -> {
                // Kept for all epochs, for its keys are worked out only once.
                Program program = watching.orElseGet(() -> runner.compile(Map.of(WATCHED, loss.expression())));
                watching = Optional.of(program);
                yield evaluated(program, WATCHED);
            }
        };
    }

    private boolean patienceEnded() {
        return options.patience() > 0 && progress.stale() >= options.patience();
    }

    private boolean resume() {
        Optional<Resumed> saved = state.load(runner, this::check);
        if (saved.isEmpty()) {
            return false;
        }
        progress = SavedProgress.parse(saved.get().progress());
        bestKept = holdBest(saved.get().relations());
        unsaved = false;
        listener.note("going on from step " + progress.step() + " of an unfinished run");
        return true;
    }

    /// Fails unless a state is of the same run.
    private void check(String line, Set<String> relations) {
        SavedProgress found = SavedProgress.parse(line);
        String differences = found.identity().differences(progress.identity());
        if (!differences.isEmpty() || !relations.equals(kept(holdBest(relations)))) {
            throw new AlgebraException(
                    "state.other",
                    "the saved state",
                    "it is of an unfinished run with " + (differences.isEmpty() ? "other parameters" : differences),
                    "give its options to go on from it, or start afresh");
        }
    }

    private void start(Start start) {
        start.bind(runner);
        for (Input parameter : model.parameters()) {
            for (String word : options.optimizer().kept()) {
                runner.bindZeros(Optimizer.kept(parameter.relation(), word), parameter.relation());
            }
        }
    }

    /// Says how what steps change is read: where a step sees a sample, here and there.
    private void advise(Access access) {
        if (!feed.complete()) {
            step.changed().forEach(relation -> runner.advise(relation, access));
        }
    }

    /// What the trainer's steps see differently each time.
    private Set<String> varying() {
        Set<String> varying = new HashSet<>(step.changed());
        varying.addAll(feed.varying());
        return varying;
    }

    private void save() {
        if (!unsaved || !state.keeps()) {
            return;
        }
        progress = progress.after(elapsed());
        started = System.nanoTime();
        advise(Access.IN_ORDER);
        state.save(progress.line(), runner, kept(bestKept));
        advise(Access.SCATTERED);
        unsaved = false;
    }

    private double finalLoss() {
        try (Program program = runner.compile(Map.of("loss", model.loss()))) {
            return finite(evaluated(program, "loss"), "the end, after step " + progress.step());
        }
    }

    private double finite(double loss, String place) {
        return LossValue.finite(loss, place, options.optimizer());
    }

    private double evaluated(Program program, String output) {
        program.run(settings());
        return LossValue.of(program, output).orElseThrow(LossValue::none);
    }

    private Settings settings() {
        long next = progress.step() + 1;
        return new Settings(options.optimizer().numbers(next), options.seed(), next);
    }

    private double elapsed() {
        return (System.nanoTime() - started) / 1e9;
    }

    private double seconds() {
        return progress.seconds() + elapsed();
    }
}
