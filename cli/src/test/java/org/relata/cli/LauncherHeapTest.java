package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relata.cli.run.Amounts;
import org.relata.cli.run.MemoryPlan;

/// The heap `./relata` starts Java with.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no sh")
class LauncherHeapTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"2g", "512m", "1.5g", "8GB", "16 g", "4096K", "1t"})
    void theHeapIsItsShareOfMemory(String memory) throws Exception {
        long share = Math.max(64, MemoryPlan.heapShare(Amounts.size(memory)) >> 20);
        assertEquals("-Xmx" + share + "m", option("fit", "data", "--memory", memory, "--json"));
        assertEquals("-Xmx" + share + "m", option("fit", "data", "--memory=" + memory));
    }

    @Test
    void withoutTheOptionItIsThatOfTheDefault() throws Exception {
        assertEquals("-Xmx3072m", option("inspect", "--memory-of-an-elephant"));
        assertEquals("-Xmx3072m", option());
    }

    @Test
    void aConfigFileSaysItToo() throws Exception {
        Path config = Files.writeString(folder.resolve("my config.yaml"), "source: data\nmemory: 2g\n");
        assertEquals("-Xmx768m", option("fit", "--config", config.toString()));
        assertEquals("-Xmx768m", option("fit", "--config=" + config));
        assertEquals("-Xmx1536m", option("fit", "--memory", "4g", "--config", config.toString()));
    }

    @Test
    void whatCannotBeReadIsLeftToJava() throws Exception {
        assertEquals("", option("fit", "--memory", "plenty"));
    }

    private static String option(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("sh", "-euc", ". ../.mvn/heap.sh; heap_option \"$@\"", "relata"));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return said.strip();
    }
}
