package org.relata.learn.train;

import java.util.ArrayList;
import java.util.List;
import org.relata.algebra.value.AlgebraException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// How far training is, as one line of text.
///
/// @param identity what was trained on what and how
/// @param checkpointEvery after how many steps it is saved
/// @param epoch how many epochs are complete
/// @param inEpoch how many steps of the current epoch are done
/// @param step how many steps are done in all
/// @param sum of the losses of the current epoch
/// @param counted how many steps of the current epoch had a loss
/// @param history the mean loss of each epoch
/// @param best the lowest loss that patience saw; empty before it saw any
/// @param stale for how many epochs there was no lower one
/// @param seconds of work so far
record SavedProgress(
        Identity identity,
        long checkpointEvery,
        long epoch,
        int inEpoch,
        long step,
        double sum,
        long counted,
        List<Double> history,
        List<Double> best,
        long stale,
        double seconds) {
    /// Made when a state is saved or read first, as not every training does.
    private static final class Json {
        private static final JsonMapper MAPPER = new JsonMapper();

        private Json() {}
    }

    SavedProgress {
        history = List.copyOf(history);
        best = List.copyOf(best);
    }

    static SavedProgress start(Identity identity, long checkpointEvery) {
        return new SavedProgress(identity, checkpointEvery, 0, 0, 0, 0, 0, List.of(), List.of(), 0, 0);
    }

    static SavedProgress parse(String line) {
        try {
            return Json.MAPPER.readValue(line, SavedProgress.class);
        } catch (JacksonException e) {
            throw new AlgebraException(
                    "state.damaged",
                    "the saved state",
                    "its progress cannot be read: "
                            + String.valueOf(e.getOriginalMessage()).replaceAll("\\s+", " "),
                    "start afresh");
        }
    }

    String line() {
        return Json.MAPPER.writeValueAsString(this);
    }

    /// One more step; a batch of which the loss reads nothing has none.
    SavedProgress stepped(List<Double> loss) {
        return new SavedProgress(
                identity,
                checkpointEvery,
                epoch,
                inEpoch + 1,
                step + 1,
                sum + loss.stream().mapToDouble(Double::doubleValue).sum(),
                counted + loss.size(),
                history,
                best,
                stale,
                seconds);
    }

    /// The current epoch complete, and what patience saw.
    SavedProgress closed(double watched) {
        List<Double> longer = new ArrayList<>(history);
        longer.add(sum / counted);
        boolean better = best.isEmpty() || watched < best.getFirst();
        return new SavedProgress(
                identity,
                checkpointEvery,
                epoch + 1,
                0,
                step,
                0,
                0,
                longer,
                better ? List.of(watched) : best,
                better ? 0 : stale + 1,
                seconds);
    }

    SavedProgress after(double more) {
        return new SavedProgress(
                identity, checkpointEvery, epoch, inEpoch, step, sum, counted, history, best, stale, seconds + more);
    }
}
