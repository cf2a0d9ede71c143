package org.relata.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The largest resident size of this process since it was last forgotten: heap, DuckDB and all else together.
final class ResidentMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");

    private ResidentMemory() {}

    /// Starts anew from the present size. Where the system cannot, the peak stays that of the whole process.
    static void forgetPeak() {
        try {
            Files.writeString(CLEAR, "5");
        } catch (IOException e) {
            // Only Linux forgets; a peak too high is still a bound.
        }
    }

    /// In megabytes; 0 where the system does not say.
    static long peakMegabytes() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
                }
            }
        } catch (IOException e) {
            // Not Linux.
        }
        return 0;
    }
}
