package org.relata.learn.fit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.relata.database.Progress;
import org.relata.database.metric.Metric;
import org.relata.database.task.TaskType;
import org.relata.features.FeatureMatrix;
import org.relata.learn.tabular.BoostedTrees;
import org.relata.learn.tabular.BoosterData;
import org.relata.learn.tabular.BoosterSearch;
import org.relata.learn.tabular.BoosterSettings;
import org.relata.learn.tabular.BoosterSpace;
import org.relata.learn.tabular.Deadline;
import org.relata.learn.tabular.Ensemble;
import org.relata.learn.tabular.LinearModel;
import org.relata.learn.tabular.Scorer;
import org.relata.learn.tabular.Target;
import org.relata.learn.tabular.ValidationSet;

/// Searches settings of boosted trees on several folds in time, and fits the ensembles that predict.
///
/// One validation period can mislead: few entities, an odd year, or data grown stale. Each candidate is therefore
/// judged on
/// validation and on the latest parts of the training period, each by a model of what came before, and the best few
/// candidates vote.
final class ModelStage {
    /// Changes whenever scores of earlier versions would not compare: a journal of another protocol is started anew.
    private static final String PROTOCOL = "priors-6";

    private static final int MEMBERS = 2;
    private static final int SEEDS_A_MEMBER = 2;
    /// Models of the priors are small and differ by their seed most; where data is stale, the luck of one costs more.
    private static final int SEEDS_A_PRIOR = 4;

    private static final int SEEDS_A_PRIOR_STALE = 16;
    /// What the priors have of the trees' votes: more where data is stale, for then folds are a poor guide.
    private static final double PRIORS_SHARE = 0.5;

    private static final double PRIORS_SHARE_STALE = 0.75;

    /// Above this many rows one candidate is enough: what an ensemble evens out is the luck of small samples.
    private static final int FEW_ROWS = 100_000;

    private final FeatureMatrix x;
    private final Rows rows;
    private final List<Fold> folds;
    private final Target target;
    private final FitRequest request;
    private final FitLog log;
    private final Scorer scorer;
    private final int side;
    private final int copies;
    private final int threadsEach;

    /// @param copies how often each training row is there, with different delays: once unless evaluation data is stale
    ModelStage(
            FeatureMatrix x, Rows rows, List<Fold> folds, Target target, int copies, FitRequest request, FitLog log) {
        this.copies = copies;
        this.x = x;
        this.rows = rows;
        this.folds = folds;
        this.target = target;
        this.request = request;
        this.log = log;
        boolean small = x.rows() < FEW_ROWS;
        this.side = small ? request.settings().threads() : 1;
        this.threadsEach = small ? 1 : request.settings().threads();
        this.scorer = scorer(request.primary());
    }

    /// The best candidates, best first.
    List<BoosterSearch.Candidate> search(int trainRows, Duration time) {
        log.stage("search");
        List<BoosterSettings> priors = priors(target, trainRows, copies);
        int candidates = request.settings().candidates().orElse(trainRows < 50_000 ? 10 : trainRows < 500_000 ? 5 : 3);
        List<BoosterData> data = new ArrayList<>();
        List<ValidationSet> judges = new ArrayList<>();
        try {
            for (Fold fold : folds) {
                data.add(BoosterData.of(
                        x.rows(fold.fit()),
                        rows.labels(fold.fit()),
                        rows.weights(fold.fit()),
                        target,
                        priors.getFirst(),
                        request.settings().threads()));
                judges.add(new ValidationSet(x.rows(fold.judge()), rows.labels(fold.judge()), scorer));
            }
            BoosterSpace space = new BoosterSpace(target.type(), trainRows, priors);
            BoosterSearch search = new BoosterSearch(
                    space,
                    candidates,
                    time,
                    scorer.higherIsBetter(),
                    request.settings().seed());
            Deadline deadline = Deadline.after(time);
            BoosterSearch.Result result = search.run(
                    settings -> judge(settings, data, judges, deadline),
                    Optional.of(request.work().resolve("search.jsonl")),
                    identity(),
                    log.progress());
            log.note("%d candidates tried on %d fold%s%s; best mean %s %.4f"
                    .formatted(
                            result.tried().size(),
                            folds.size(),
                            folds.size() == 1 ? "" : "s",
                            result.ranOutOfTime() ? " before the time was up" : "",
                            scorer.name(),
                            result.best().evaluation().score()));
            return members(result, trainRows, priors.size());
        } finally {
            data.forEach(BoosterData::close);
        }
    }

    /// The best few candidates and, where they are not among them, the priors: where folds are small their best is
    /// partly luck, and the priors were chosen without looking at them.
    private List<BoosterSearch.Candidate> members(BoosterSearch.Result result, int trainRows, int priors) {
        List<BoosterSearch.Candidate> members =
                new ArrayList<>(result.top(trainRows < FEW_ROWS && copies == 1 ? MEMBERS : 1, scorer.higherIsBetter()));
        if (trainRows < FEW_ROWS) {
            result.tried().stream()
                    .filter(c -> c.index() < priors && !members.contains(c))
                    .forEach(members::add);
        }
        return members;
    }

    /// Settings to start from. Small trees, few features each and strong penalties: on thousands of rows they
    /// generalise, on millions the search grows them. Two of them, because which is better is luck on few rows and
    /// their average is better than either.
    ///
    /// @param copies how often each row is there: a leaf of copies of one row knows no more than the row
    static List<BoosterSettings> priors(Target target, int trainRows, int copies) {
        BoosterSettings standard =
                BoosterSettings.standard(target.type(), trainRows).with("rounds", 1_000);
        if (trainRows > 50_000) {
            return List.of(standard);
        }
        BoosterSettings small = standard.with("learning_rate", 0.03)
                .with("min_data_in_leaf", copies * Math.clamp(trainRows / 25, 10, 50))
                .with("lambda_l2", 20.0);
        return List.of(
                small.with("num_leaves", 4).with("feature_fraction", 0.1),
                small.with("num_leaves", 7).with("feature_fraction", 0.05));
    }

    private BoosterSearch.Evaluation judge(
            BoosterSettings settings, List<BoosterData> data, List<ValidationSet> judges, Deadline deadline) {
        // Folds that wait for others to be done must find time left.
        AtomicInteger waiting = new AtomicInteger(data.size());
        List<Callable<Judged>> jobs = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            BoosterData fitted = data.get(i);
            ValidationSet judge = judges.get(i);
            jobs.add(() ->
                    judged(settings, fitted, judge, deadline.share((waiting.getAndDecrement() + side - 1) / side)));
        }
        double weighted = 0;
        double weights = 0;
        // Early stopping on few rows stops by luck, and early more often than late: the most patient fold decides.
        int rounds = 0;
        for (Judged judged : Workers.run(side, jobs)) {
            if (!Double.isNaN(judged.score())) {
                weighted += judged.rows() * judged.score();
                weights += judged.rows();
                rounds = Math.max(rounds, judged.rounds());
            }
        }
        return new BoosterSearch.Evaluation(
                weights == 0 ? Double.NaN : weighted / weights, weights == 0 ? 100 : Math.max(10, rounds));
    }

    /// What one fold says of a candidate.
    private record Judged(double score, int rounds, int rows) {}

    private Judged judged(BoosterSettings settings, BoosterData data, ValidationSet judge, Deadline deadline) {
        long seed = request.settings().seed();
        try (BoostedTrees model =
                BoostedTrees.fit(data, Optional.of(judge), settings, seed, threadsEach, deadline, Progress.silent())) {
            double score = scorer.score().of(judge.y(), model.predict(judge.x()));
            return new Judged(score, model.rounds(), judge.y().length);
        }
    }

    private String identity() {
        return PROTOCOL + " " + scorer.name() + " " + request.task().name() + " " + x.rows() + "x" + x.width() + " "
                + x.features().hashCode() + " "
                + java.util.Arrays.hashCode(rows.all().cutoff());
    }

    /// An ensemble of the candidates, each with the rounds it was judged best with and several seeds, and of a linear
    /// model.
    ///
    /// @param trainRows how many different training rows there are
    /// @param line the linear model, which the ensemble owns from now on
    /// @param linear its share of the ensemble; with 0 it is closed
    Ensemble fit(
            List<BoosterSearch.Candidate> candidates, int trainRows, int[] train, LinearModel line, double linear) {
        // Binned once for all members: candidates differ in how trees grow, not in the bins.
        try (BoosterData data = BoosterData.of(
                x.rows(train),
                rows.labels(train),
                rows.weights(train),
                target,
                candidates.getFirst().settings(),
                request.settings().threads())) {
            return fit(candidates, trainRows, data, line, linear);
        }
    }

    private Ensemble fit(
            List<BoosterSearch.Candidate> candidates,
            int trainRows,
            BoosterData data,
            LinearModel line,
            double linear) {
        List<Callable<BoostedTrees>> jobs = new ArrayList<>();
        List<Double> votes = new ArrayList<>();
        int priors = trainRows < FEW_ROWS ? priors(target, trainRows, copies).size() : 0;
        long known = candidates.stream().filter(c -> c.index() < priors).count();
        List<BoostedTrees> models = Collections.synchronizedList(new ArrayList<>());
        for (BoosterSearch.Candidate candidate : candidates) {
            BoosterSettings settings = candidate
                    .settings()
                    .with("rounds", candidate.evaluation().rounds())
                    .with("early_stopping_rounds", 0);
            boolean prior = candidate.index() < priors;
            int seeds = !prior ? SEEDS_A_MEMBER : copies > 1 ? SEEDS_A_PRIOR_STALE : SEEDS_A_PRIOR;
            double share = copies > 1 ? PRIORS_SHARE_STALE : PRIORS_SHARE;
            for (int copy = 0; copy < seeds; copy++) {
                votes.add((prior ? share / known : (1 - share) / (candidates.size() - known)) / seeds);
                long seed = request.settings().seed() * 1_000 + 8L * candidate.index() + copy;
                jobs.add(() -> {
                    BoostedTrees model =
                            BoostedTrees.fit(data, Optional.empty(), settings, seed, threadsEach, Progress.silent());
                    models.add(model);
                    return model;
                });
            }
        }
        try {
            List<Ensemble.Member> members = new ArrayList<>();
            List<BoostedTrees> trees = Workers.run(side, jobs);
            double sum = votes.stream().mapToDouble(v -> v).sum();
            for (int i = 0; i < trees.size(); i++) {
                members.add(new Ensemble.Member(trees.get(i), (1 - linear) * votes.get(i) / sum));
            }
            if (linear > 0) {
                members.add(new Ensemble.Member(line, linear));
            } else {
                line.close();
            }
            return new Ensemble(members);
        } catch (RuntimeException e) {
            models.forEach(BoostedTrees::close);
            throw e;
        }
    }

    /// A metric as the scorer of models.
    static Scorer scorer(Metric primary) {
        return new Scorer(primary.label(), primary.higherIsBetter(), primary::value);
    }

    /// The scorer of the task.
    Scorer scorer() {
        return scorer;
    }

    /// Whether predictions are clamped to the range of training labels.
    static boolean clamps(TaskType type) {
        return type == TaskType.REGRESSION;
    }
}
