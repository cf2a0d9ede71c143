package org.relata.cli.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.relata.database.Progress;

/// Progress drawn on a terminal: one bar a stage with rate and time left, one line a note.
///
/// A bar redraws itself from its own thread; everything written here goes through one lock, so that notes never land in
/// the middle of a bar.
public final class TerminalProgress implements Progress, AutoCloseable {
    /// Clears the line the cursor stands on.
    private static final String CLEAR = "\r\033[2K";

    private static final int STAGE_WIDTH = 34;

    private final PrintWriter err;
    private final int width;
    private Optional<ProgressBar> bar = Optional.empty();
    private long total = -1;

    private TerminalProgress(PrintWriter err, int width) {
        this.err = err;
        this.width = width;
    }

    /// Progress for whoever watches the terminal, or silence when nobody does.
    ///
    /// @param terminal where to draw
    /// @param quiet whether silence was asked for
    public static Progress on(Terminal terminal, boolean quiet) {
        return quiet || !terminal.live() ? Progress.silent() : new TerminalProgress(terminal.err(), terminal.width());
    }

    /// Ends the stage that is being drawn, if the progress draws at all.
    public static void end(Progress progress) {
        if (progress instanceof TerminalProgress drawn) {
            drawn.close();
        }
    }

    @Override
    public void begin(String stage, long steps) {
        close();
        total = steps;
        bar = Optional.of(new ProgressBarBuilder()
                .setTaskName(Text.cut(stage, STAGE_WIDTH))
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .showSpeed()
                .setConsumer(new DelegatingProgressBarConsumer(this::draw, width - 1))
                .build());
    }

    @Override
    public void done(long steps) {
        bar.ifPresent(b -> b.stepTo(total < 0 ? steps : Math.min(steps, total)));
    }

    @Override
    public void standing(String words) {
        bar.ifPresent(b -> b.setExtraMessage(" " + words));
    }

    @Override
    public void note(String message) {
        synchronized (err) {
            err.print(CLEAR);
            err.println(message);
            err.flush();
        }
    }

    /// Ends the current stage; its last state stays on the screen.
    @Override
    public void close() {
        bar.ifPresent(drawn -> {
            Duration elapsed = drawn.getTotalElapsed();
            String stage = drawn.getTaskName();
            drawn.close();
            synchronized (err) {
                err.print(CLEAR);
                err.println("  " + stage + " " + ".".repeat(Math.max(1, STAGE_WIDTH + 2 - stage.length())) + " "
                        + Text.duration(elapsed));
                err.flush();
            }
        });
        bar = Optional.empty();
    }

    private void draw(String text) {
        synchronized (err) {
            err.print(CLEAR + "  " + Text.cut(text.strip(), width - 3));
            err.flush();
        }
    }
}
