package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The page on training shows the model file that its commands train.
class TrainPageTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @Test
    void theModelOnThePageIsTheExample() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/how-to/train-in-the-database.md"));
        String model = Files.readString(ROOT.resolve("examples/spending/model.sql"));
        assertTrue(page.contains("```sql\n" + model + "```"), model);
    }
}
