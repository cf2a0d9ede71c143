package org.relata.cli.synth;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.relata.cli.run.RunJson;
import org.relata.cli.run.Sources;
import org.relata.cli.terminal.Columns;
import org.relata.cli.terminal.Terminal;
import org.relata.cli.terminal.Text;
import org.relata.synth.write.Destination;
import org.relata.synth.write.FolderWriter;

/// Says what came of drawing databases.
///
/// @param terminal where it is said
/// @param json whether as one JSON object
public record SynthPrinter(Terminal terminal, boolean json) {
    private static final int MOST_SHOWN = 20;

    /// Says what the schemas of some seeds look like.
    public void summary(SchemaSummary summary, int count) {
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("databases", count);
            summary.measures().forEach((measure, numbers) -> {
                Map<String, Object> named = new LinkedHashMap<>();
                for (int i = 0; i < numbers.size(); i++) {
                    named.put(SchemaSummary.HEADERS.get(i), numbers.get(i));
                }
                object.put(measure.replace(' ', '_'), named);
            });
            terminal.line(RunJson.text(object));
            return;
        }
        terminal.line(terminal.bold("Schemas of " + Text.count(count, "seed")));
        Columns columns = new Columns("", ">min", ">5%", ">median", ">95%", ">max", ">mean");
        summary.measures()
                .forEach((measure, n) -> columns.add(
                        measure,
                        whole(n.get(0)),
                        whole(n.get(1)),
                        whole(n.get(2)),
                        whole(n.get(3)),
                        whole(n.get(4)),
                        String.format(Locale.ROOT, "%.2f", n.get(5))));
        columns.render().forEach(terminal::line);
    }

    private static String whole(double number) {
        return Text.count(Math.round(number));
    }

    /// Says which pictures were written.
    public void pictures(List<Path> files) {
        List<String> names = files.stream().map(Path::toString).toList();
        if (json) {
            terminal.line(RunJson.text(Map.of("pictures", names)));
        } else {
            names.forEach(terminal::line);
        }
    }

    /// Says what was written, and what failed.
    ///
    /// @return how many failed
    public int results(SynthBatch batch, List<SynthBatch.Result> results) {
        List<SynthBatch.Result> failed =
                results.stream().filter(r -> r.failure().isPresent()).toList();
        if (json) {
            terminal.line(RunJson.text(Map.of(
                    "databases", results.stream().map(r -> object(batch, r)).toList())));
        } else {
            sentence(batch, results, failed.size());
        }
        failed.stream()
                .limit(MOST_SHOWN)
                .forEach(r -> terminal.aside(
                        r.name() + ": " + r.failure().orElseThrow().getMessage()));
        if (!failed.isEmpty()) {
            terminal.aside(Text.count(failed.size(), "database") + " of " + Text.count(results.size()) + " failed");
        }
        return failed.size();
    }

    private void sentence(SynthBatch batch, List<SynthBatch.Result> results, int failed) {
        List<FolderWriter.Outcome> written = results.stream()
                .flatMap(r -> r.outcome().filter(FolderWriter.Outcome::written).stream())
                .toList();
        int found = results.size() - written.size() - failed;
        List<String> parts = new ArrayList<>();
        if (!written.isEmpty() || found == 0) {
            parts.add(Text.count(written.size(), "database") + " written to " + place(batch, results) + ": "
                    + Text.count(sum(written, o -> o.rows().size()), "table") + ", "
                    + Text.count(
                            sum(
                                    written,
                                    o -> o.rows().values().stream()
                                            .mapToLong(Long::longValue)
                                            .sum()),
                            "row")
                    + ", " + Text.count(sum(written, FolderWriter.Outcome::tasks), "task"));
        }
        if (found > 0) {
            parts.add(Text.count(found, "database") + (written.isEmpty() ? " in " + place(batch, results) : "")
                    + " there already, as asked for");
        }
        terminal.line(String.join("; ", parts));
    }

    private static long sum(List<FolderWriter.Outcome> outcomes, ToLongFunction<FolderWriter.Outcome> of) {
        return outcomes.stream().mapToLong(of).sum();
    }

    private static String place(SynthBatch batch, List<SynthBatch.Result> results) {
        String folder = results.size() == 1
                ? batch.out().resolve(results.getFirst().name()).toString()
                : batch.out().toString();
        return switch (batch.destination()) {
            case Destination.Files _ -> folder;
            case Destination.Server server ->
                Sources.withoutSecrets(server.address()) + ", times and tasks to " + folder;
        };
    }

    private static Map<String, Object> object(SynthBatch batch, SynthBatch.Result result) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", result.name());
        one.put("seed", result.seed());
        result.outcome().ifPresent(o -> {
            one.put("written", o.written());
            one.put("folder", batch.out().resolve(result.name()).toString());
            one.put("rows", o.rows());
            one.put("tasks", o.tasks());
        });
        result.failure().ifPresent(f -> one.put("error", f.getMessage()));
        return one;
    }
}
