package org.relata.cli;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relata.cli.report.TableFacts;
import org.relata.cli.terminal.Text;
import org.relata.database.Database;
import org.relata.database.RelataException;
import picocli.CommandLine.Option;

/// The time at which a question is asked.
final class AtOption {
    private static final long STALE_DAYS = 7;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description =
                    "The time to predict at, in UTC: 2024-03-01, 2024-03-01T12:00, or now; nothing dated at or after it"
                            + " is read (default: just after the latest row).")
    private @Nullable LocalDateTime at;

    /// A time and what a person should know of it.
    ///
    /// @param time UTC
    /// @param note how it relates to the data; may be empty
    record Chosen(LocalDateTime time, String note) {
        /// The time and the note for people.
        String text() {
            String shown = time.truncatedTo(ChronoUnit.SECONDS).toString().replaceFirst("T00:00$", "");
            return shown + (note.isEmpty() ? "" : " (" + note + ")");
        }
    }

    /// The time that was asked for, or the end of the data.
    Chosen on(Database database) {
        Map<String, TableFacts> facts = TableFacts.of(database);
        Optional<LocalDateTime> last =
                facts.values().stream().flatMap(f -> f.last().stream()).max(Comparator.naturalOrder());
        if (at == null) {
            LocalDateTime end = last.orElseGet(() -> LocalDateTime.now(ZoneOffset.UTC));
            return new Chosen(end.plus(1, ChronoUnit.MICROS), last.isPresent() ? "just after the latest row" : "now");
        }
        Optional<LocalDateTime> first =
                facts.values().stream().flatMap(f -> f.first().stream()).min(Comparator.naturalOrder());
        if (first.isPresent() && !at.isAfter(first.get())) {
            throw RelataException.usage(
                    "predict.at",
                    "--at " + at,
                    "the data begins at " + first.get() + ", so nothing was known then",
                    "choose a later time");
        }
        long days = last.map(l -> ChronoUnit.DAYS.between(l, at)).orElse(0L);
        return new Chosen(at, days > STALE_DAYS ? "the data ends " + Text.count(days, "day") + " before" : "");
    }
}
