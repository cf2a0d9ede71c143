package org.relata.learn.tabular;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/// A bounded random search over settings. What a score means is the caller's: validation rows, several folds, anything.
///
/// Candidate i depends on the seed and i alone, so a search that was interrupted goes on where its journal ends. A
/// bound on
/// time makes the number of candidates depend on the machine; a bound on candidates does not.
///
/// @param space where to look
/// @param candidates how many candidates to try at most
/// @param time how long to search; the first candidate is always tried
/// @param higherIsBetter whether larger scores are better
/// @param seed what candidates derive from
public record BoosterSearch(BoosterSpace space, int candidates, Duration time, boolean higherIsBetter, long seed) {
    /// Refuses less than one candidate.
    public BoosterSearch {
        if (candidates < 1) {
            throw new IllegalArgumentException("at least one candidate is needed");
        }
    }

    /// How good a candidate is.
    ///
    /// @param score its score; NaN never wins against a number
    /// @param rounds how many rounds it should be given in a final fit
    public record Evaluation(double score, int rounds) {}

    /// Judges a candidate.
    @FunctionalInterface
    public interface Evaluator {
        /// The evaluation of settings; exceptions end the search.
        Evaluation evaluate(BoosterSettings settings);
    }

    /// A candidate that was tried.
    ///
    /// @param index its number, 0 for the first settings
    /// @param settings its settings
    /// @param evaluation how good it is
    /// @param seconds how long that took to find out
    public record Candidate(int index, BoosterSettings settings, Evaluation evaluation, double seconds) {}

    /// What a search found.
    ///
    /// @param best the best candidate, the earlier of equals
    /// @param tried all candidates in order
    /// @param ranOutOfTime whether time, not the number of candidates, ended it
    public record Result(Candidate best, List<Candidate> tried, boolean ranOutOfTime) {
        /// Copies the list.
        public Result {
            tried = List.copyOf(tried);
        }

        /// The best candidates, best first, at most so many: members for an ensemble.
        public List<Candidate> top(int count, boolean higherIsBetter) {
            Scorer order = new Scorer("", higherIsBetter, (labels, predictions) -> Double.NaN);
            return tried.stream()
                    .sorted((a, b) ->
                            order.better(a.evaluation().score(), b.evaluation().score())
                                    ? -1
                                    : order.better(
                                                    b.evaluation().score(),
                                                    a.evaluation().score())
                                            ? 1
                                            : Integer.compare(a.index(), b.index()))
                    .limit(count)
                    .toList();
        }
    }

    /// Searches.
    ///
    /// @param evaluator judges candidates
    /// @param journal a file of tried candidates, one line of JSON each, read first and then extended; empty for none
    /// @param identity what the scores depend on besides settings, such as a fingerprint of data and protocol: a
    /// journal of
    ///     another identity or seed is started anew
    /// @param progress hears of every candidate
    /// @throws RelataException with code `interrupted` when the thread is interrupted, or what the evaluator throws
    /// @throws UncheckedIOException when the journal cannot be written
    public Result run(Evaluator evaluator, Optional<Path> journal, String identity, Progress progress) {
        List<Candidate> tried = new ArrayList<>();
        try {
            if (journal.isPresent()) {
                tried.addAll(resume(journal.get(), identity));
            }
            progress.begin("search", candidates);
            progress.done(tried.size());
            double spent = tried.stream().mapToDouble(Candidate::seconds).sum();
            while (tried.size() < candidates) {
                if (Thread.interrupted()) {
                    throw RelataException.failure(
                            "interrupted", "search", "it was interrupted", "run it again to go on where it stopped");
                }
                double average = tried.isEmpty() ? 0 : spent / tried.size();
                if (!tried.isEmpty() && spent + average > time.toMillis() / 1000.0) {
                    return result(tried, true);
                }
                int index = tried.size();
                BoosterSettings settings = space.candidate(seed, index);
                long start = System.nanoTime();
                Evaluation evaluation = evaluator.evaluate(settings);
                Candidate candidate = new Candidate(index, settings, evaluation, (System.nanoTime() - start) / 1e9);
                spent += candidate.seconds();
                tried.add(candidate);
                if (journal.isPresent()) {
                    Files.writeString(journal.get(), line(candidate), StandardOpenOption.APPEND);
                }
                progress.done(tried.size());
            }
            return result(tried, false);
        } catch (IOException e) {
            throw new UncheckedIOException("the journal of the search cannot be kept", e);
        }
    }

    private Result result(List<Candidate> tried, boolean ranOutOfTime) {
        Result all = new Result(tried.getFirst(), tried, ranOutOfTime);
        return new Result(all.top(1, higherIsBetter).getFirst(), tried, ranOutOfTime);
    }

    private String head(String identity) {
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("search", identity);
        head.put("seed", seed);
        head.put("priors", space.priors().stream().map(BoosterSettings::toMap).toList());
        head.put("rows", space.rows());
        return ModelFile.JSON.writeValueAsString(head);
    }

    private static String line(Candidate candidate) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("index", candidate.index());
        line.put("score", Double.toString(candidate.evaluation().score()));
        line.put("rounds", candidate.evaluation().rounds());
        line.put("seconds", candidate.seconds());
        line.put("settings", candidate.settings().toMap());
        return ModelFile.JSON.writeValueAsString(line) + "\n";
    }

    /// The candidates of a journal, which is left with those and nothing else: a line cut short by a crash goes.
    private List<Candidate> resume(Path journal, String identity) throws IOException {
        List<Candidate> tried = new ArrayList<>();
        List<String> lines = Files.exists(journal) ? Files.readAllLines(journal) : List.of();
        if (!lines.isEmpty() && lines.getFirst().equals(head(identity))) {
            for (String line : lines.subList(1, lines.size())) {
                Optional<Candidate> candidate = parse(line, tried.size());
                if (candidate.isEmpty() || tried.size() == candidates) {
                    break;
                }
                tried.add(candidate.get());
            }
        }
        StringBuilder text = new StringBuilder(head(identity)).append('\n');
        tried.forEach(candidate -> text.append(line(candidate)));
        ModelFile.writeAside(journal.toAbsolutePath(), text.toString());
        return tried;
    }

    private Optional<Candidate> parse(String line, int index) {
        try {
            JsonNode json = ModelFile.JSON.readTree(line);
            BoosterSettings settings = BoosterSettings.fromMap(
                    ModelFile.JSON.treeToValue(json.path("settings"), new TypeReference<Map<String, Object>>() {}));
            if (json.path("index").asInt(-1) != index || !settings.equals(space.candidate(seed, index))) {
                return Optional.empty();
            }
            Evaluation evaluation = new Evaluation(
                    Double.parseDouble(json.path("score").asString()),
                    json.path("rounds").asInt());
            return Optional.of(new Candidate(
                    index, settings, evaluation, json.path("seconds").asDouble()));
        } catch (JacksonException | RelataException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
