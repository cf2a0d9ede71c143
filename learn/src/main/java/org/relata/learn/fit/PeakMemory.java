package org.relata.learn.fit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The largest resident size this process has had.
final class PeakMemory {
    private PeakMemory() {}

    /// In megabytes; where the system does not say, the heap in use.
    static long megabytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
                }
            }
        } catch (IOException | NumberFormatException e) {
            // Not Linux: the heap is what can be known.
        }
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }
}
