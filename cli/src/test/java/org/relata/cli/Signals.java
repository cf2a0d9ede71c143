package org.relata.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Child processes that can be interrupted.
final class Signals {
    private Signals() {}

    /// Whoever runs tests in the background of a shell has them ignore SIGINT, and what they start would inherit that.
    static List<String> interruptible() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return List.of();
        }
        boolean ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 0b10) != 0);
        return ignored ? List.of("env", "--default-signal=INT") : List.of();
    }
}
