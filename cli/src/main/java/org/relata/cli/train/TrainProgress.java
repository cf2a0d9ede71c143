package org.relata.cli.train;

import java.util.Locale;
import org.relata.cli.terminal.Text;
import org.relata.database.Progress;
import org.relata.learn.train.TrainingListener;

/// Says on a progress how far training is.
final class TrainProgress implements TrainingListener {
    private final Progress progress;
    private long first;

    TrainProgress(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void begin(long done, long steps) {
        first = done;
        progress.begin("train", steps - done);
    }

    @Override
    public void step(Standing standing) {
        progress.done(standing.step() - first);
        progress.standing(String.format(
                Locale.ROOT,
                "epoch %d/%d loss %s, %s left",
                standing.epoch(),
                standing.epochs(),
                Text.score(standing.loss()),
                Text.duration(standing.remaining())));
    }

    @Override
    public void epoch(long epoch, double loss) {}

    @Override
    public void note(String message) {
        progress.note(message);
    }
}
