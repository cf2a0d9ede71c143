package org.relata.learn.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class NativesTest {
    /// Says in a process of its own what [Natives#check()] says.
    static final class Asked {
        private Asked() {}

        public static void main(String[] arguments) {
            Natives.Check check = Natives.check();
            System.out.println(check.usable() + " | " + check.detail() + " | " + check.remedy());
        }
    }

    private static String ask(Path temporary, Map<String, String> environment) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Asked.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.strip();
    }

    @Test
    void lightGbmLoadsHere() {
        Natives.Check check = Natives.check();
        assertTrue(check.usable(), check.detail() + "; " + check.remedy());
        assertTrue(check.detail().contains(System.getProperty("os.arch")));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void leavesNothingBehind(@TempDir Path temporary) throws Exception {
        assertTrue(ask(temporary, Map.of()).startsWith("true | LightGBM loads"));
        try (var files = Files.list(temporary)) {
            assertEquals(
                    List.of(), files.filter(f -> f.toString().contains("light")).toList());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void namesTheMissingRuntime(@TempDir Path temporary) throws Exception {
        // An empty file of its name, found first, stands for a machine without it.
        Files.createFile(temporary.resolve("libgomp.so.1"));
        assertEquals(
                "false | its native library does not load: libgomp.so.1 (OpenMP) is missing"
                        + " | install it: apt-get install libgomp1, dnf install libgomp, or apk add libgomp",
                ask(temporary, Map.of("LD_LIBRARY_PATH", temporary.toString())));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void saysWhereItCannotUnpack(@TempDir Path temporary) throws Exception {
        String said = ask(temporary.resolve("none"), Map.of());
        assertTrue(said.contains("false | its native library cannot be unpacked into " + temporary), said);
        assertTrue(said.endsWith("choose another folder with -Djava.io.tmpdir"), said);
    }
}
