package org.relata.synth.ddl;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Finds data that lies outside the repository; tests that need it are skipped where it is absent.
public final class SharedData {
    private SharedData() {}

    /// The file or folder of that name under the shared data, or a skipped test.
    public static Path require(String name) {
        Path data = shared().resolve("data").resolve(name);
        assumeTrue(Files.exists(data), "skipped: no " + data + "; set -Drelata.shared or RELATA_SHARED");
        return data;
    }

    /// The root of the repository.
    public static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static Path shared() {
        return Optional.ofNullable(System.getProperty("relata.shared"))
                .or(() -> Optional.ofNullable(System.getenv("RELATA_SHARED")))
                .map(Path::of)
                .orElseGet(() -> repository().resolveSibling("shared"));
    }
}
