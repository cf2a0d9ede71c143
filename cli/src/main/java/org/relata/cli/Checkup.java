package org.relata.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.relata.cli.run.Amounts;
import org.relata.cli.run.MemoryPlan;
import org.relata.cli.run.Versions;
import org.relata.cli.terminal.Text;
import org.relata.learn.fit.FitSettings;
import org.relata.learn.tabular.Natives;

/// Tries, one by one, what Relata needs from a machine.
final class Checkup {
    private static final int JAVA = 25;
    private static final long LITTLE_MEMORY = 2L << 30;
    private static final long LITTLE_DISK = 2L << 30;

    private Checkup() {}

    /// How a check went.
    enum State {
        /// As it should be.
        OK,
        /// Works, but not well.
        WARNING,
        /// Relata cannot work.
        FAILED;

        /// The name as printed.
        String label() {
            return this == WARNING ? "warning" : name().toLowerCase(Locale.ROOT);
        }
    }

    /// What a check found.
    ///
    /// @param name what was checked
    /// @param state how it went
    /// @param found what is there
    /// @param remedy what to do about it; empty when nothing
    record Finding(String name, State state, String found, String remedy) {}

    /// Runs all checks.
    static List<Finding> run() {
        return List.of(jdk(), memory(), processors(), disk(), duckdb(), lightgbm(), drivers());
    }

    private static Finding jdk() {
        String found = Versions.java() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                + ", " + System.getProperty("java.home");
        return Runtime.version().feature() >= JAVA
                ? new Finding("JDK", State.OK, found, "")
                : new Finding("JDK", State.FAILED, found, "install JDK " + JAVA + " or set RELATA_JAVA_HOME to one");
    }

    private static Finding memory() {
        long machine = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
        long heap = Runtime.getRuntime().maxMemory();
        long asked = FitSettings.standard().memoryBytes();
        MemoryPlan plan = MemoryPlan.of(asked);
        String found = Text.bytes(machine) + " in all; Java heap up to " + Text.bytes(heap) + ", DuckDB up to "
                + Text.bytes(plan.duckdb()) + ", for --memory " + Amounts.sizeText(asked) + " (the default)";
        if (machine < LITTLE_MEMORY) {
            return new Finding(
                    "memory", State.WARNING, found, "small databases only: pass --memory " + (machine >> 21) + "m");
        }
        if (machine < asked) {
            return new Finding(
                    "memory", State.WARNING, found, "pass --memory " + (machine / 4 * 3 >> 20) + "m to stay within it");
        }
        return new Finding("memory", State.OK, found, "");
    }

    private static Finding processors() {
        return new Finding(
                "processors", State.OK, Text.count(Runtime.getRuntime().availableProcessors()), "");
    }

    private static Finding disk() {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            Path probe = Files.createTempFile(folder, "relata", ".probe");
            Files.delete(probe);
            String found = Text.bytes(free) + " free in " + folder;
            return free < LITTLE_DISK
                    ? new Finding(
                            "disk",
                            State.WARNING,
                            found,
                            "large databases need more: set -Djava.io.tmpdir in RELATA_OPTS")
                    : new Finding("disk", State.OK, found, "");
        } catch (IOException e) {
            return new Finding(
                    "disk",
                    State.FAILED,
                    "cannot write to " + folder + ": " + e.getMessage(),
                    "set -Djava.io.tmpdir in RELATA_OPTS to a folder that can be written");
        }
    }

    private static Finding duckdb() {
        try {
            return new Finding("DuckDB", State.OK, Versions.duckdb(), "");
        } catch (SQLException | UnsatisfiedLinkError e) {
            return new Finding(
                    "DuckDB",
                    State.FAILED,
                    "its native library does not load: " + e.getMessage(),
                    "it ships for Linux, macOS and Windows on x86_64 and arm64; musl systems need glibc");
        }
    }

    private static Finding lightgbm() {
        Natives.Check check = Natives.check();
        return new Finding(
                "LightGBM",
                check.usable() ? State.OK : State.FAILED,
                check.usable() ? Versions.lightgbm() + ", " + check.detail() : check.detail(),
                check.remedy());
    }

    private static Finding drivers() {
        List<String> names = new ArrayList<>();
        for (Driver driver : DriverManager.drivers().toList()) {
            names.add(driver.getClass().getPackageName().replaceFirst("^(?:org|com)\\.", "") + " "
                    + driver.getMajorVersion() + "." + driver.getMinorVersion());
        }
        return new Finding("JDBC drivers", State.OK, names.stream().sorted().collect(Collectors.joining(", ")), "");
    }
}
