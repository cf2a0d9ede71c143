package org.relata.bench.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs scripts of the peers' harness, each in a process of its own.
///
/// @param python the interpreter that has the peers installed
/// @param scripts the folder of the harness
/// @param data where inputs are
record PeerRun(Path python, Path scripts, Path data) {
    private static final long LONGEST_MINUTES = 10;

    /// The C library keeps memory that is freed instead of giving it back: the peers are faster so.
    private static final Map<String, String> KEEP_MEMORY = Map.of(
            "MALLOC_MMAP_MAX_", "0",
            "MALLOC_TRIM_THRESHOLD_", "100000000000",
            "MALLOC_TOP_PAD_", "67108864");

    /// What a peer said of itself.
    ///
    /// @param seconds the median
    /// @param processor the median of what all of its threads worked
    /// @param losses the first ones, where it tells them
    record Result(double seconds, double processor, long megabytes, List<Double> losses) {
        Result {
            losses = List.copyOf(losses);
        }
    }

    /// Runs a peer; nothing if it is not installed, or fails.
    Optional<Result> run(TensorLoad.Peer peer) {
        List<String> command = new ArrayList<>(List.of(python.toString()));
        command.addAll(peer.arguments());
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(scripts.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(KEEP_MEMORY);
        builder.environment().put("PEERS_DIR", data.toAbsolutePath().toString());
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return output.lines()
                    .filter(line -> line.startsWith("{"))
                    .reduce((one, other) -> other)
                    .map(PeerRun::parsed);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + python, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Result parsed(String line) {
        JsonNode node = JsonMapper.shared().readTree(line);
        List<Double> losses = new ArrayList<>();
        node.path("losses_without_dropout").forEach(loss -> losses.add(loss.asDouble()));
        return new Result(
                node.path("median_s").asDouble(),
                node.path("cpu_median_s").asDouble(),
                node.path("peak_rss_mb").asLong(),
                losses);
    }
}
