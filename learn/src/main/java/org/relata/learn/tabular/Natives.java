package org.relata.learn.tabular;

import io.github.metarank.lightgbm4j.LGBMBooster;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relata.database.RelataException;

/// The native code that boosted trees need: LightGBM, and the OpenMP runtime beneath it.
public final class Natives {
    private static final String SUPPORTED =
            "Linux (glibc) and macOS on x86_64 and aarch64, and Windows on x86_64, are supported";

    private static @Nullable SymbolLookup symbols;

    private Natives() {}

    /// What became of loading the native code.
    ///
    /// @param usable whether it works
    /// @param detail one line: what was found, or what is missing
    /// @param remedy what would mend it; empty when it works
    public record Check(boolean usable, String detail, String remedy) {}

    /// Loads the native code, if that was not done before, and says how it went. Never throws.
    public static Check check() {
        try {
            LightGbm.library();
            return new Check(true, "LightGBM loads (" + platform() + ")", "");
        } catch (RelataException e) {
            return new Check(false, e.problem(), e.remedy());
        }
    }

    /// The functions of LightGBM, loaded at the first call.
    ///
    /// The library is unpacked from the jar into a folder of its own, never to a place that another process would
    /// overwrite
    /// while this one runs from it, and the files are gone again once it is loaded, where the system allows that.
    ///
    /// @throws RelataException with code `natives.lightgbm` when that fails, naming the missing piece
    static synchronized SymbolLookup symbols() {
        if (symbols == null) {
            try {
                symbols = load();
            } catch (IOException | LinkageError e) {
                throw missing(e);
            }
        }
        return symbols;
    }

    @SuppressWarnings("restricted") // calling native code is the purpose
    private static SymbolLookup load() throws IOException {
        String folder = isMac() ? "osx" : os().startsWith("windows") ? "windows" : "linux";
        String extension = isMac() ? "dylib" : os().startsWith("windows") ? "dll" : "so";
        String machine = System.getProperty("os.arch").matches("aarch64|arm64") ? "aarch64" : "x86_64";
        String resource = "/lightgbm4j/" + folder + "/" + machine + "/lib_lightgbm." + extension;
        Path place = Files.createTempDirectory("relata-lightgbm-");
        Path file = place.resolve("lib_lightgbm." + extension);
        try (InputStream packed = LGBMBooster.class.getResourceAsStream(resource)) {
            if (packed == null) {
                throw RelataException.failure(
                        "natives.lightgbm", "LightGBM", "there is no build of it for " + platform(), SUPPORTED);
            }
            Files.copy(packed, file);
            waitAsleep();
            System.load(file.toString());
            return SymbolLookup.loaderLookup();
        } finally {
            remove(file);
            remove(place);
        }
    }

    /// Tells OpenMP, before it is loaded, to let threads sleep while they wait for each other.
    ///
    /// By default they spin, and where other work wants the same cores a fit then takes ten times as long. Who sets
    /// `OMP_WAIT_POLICY` outside keeps the say. Systems without `setenv` have other runtimes, which need no telling.
    @SuppressWarnings("restricted")
    private static void waitAsleep() {
        Optional<MemorySegment> setenv = Linker.nativeLinker().defaultLookup().find("setenv");
        if (setenv.isEmpty()) {
            return;
        }
        MethodHandle call = Linker.nativeLinker()
                .downcallHandle(
                        setenv.get(),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            int overwrite = 0;
            int unused = (int)
                    call.invokeExact(arena.allocateFrom("OMP_WAIT_POLICY"), arena.allocateFrom("PASSIVE"), overwrite);
        } catch (Throwable e) {
            throw new IllegalStateException("setenv cannot be called", e);
        }
    }

    private static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // Windows keeps a library that is in use; it goes when the process ends.
            path.toFile().deleteOnExit();
        }
    }

    private static RelataException missing(Throwable cause) {
        Optional<String> openMp = openMp().filter(name -> !loads(name));
        String problem;
        String remedy;
        if (openMp.isPresent()) {
            problem = "its native library does not load: " + openMp.get() + " (OpenMP) is missing";
            remedy = isMac()
                    ? "brew install libomp"
                    : "install it: apt-get install libgomp1, dnf install libgomp, or apk add libgomp";
        } else if (cause instanceof IOException) {
            problem = "its native library cannot be unpacked into " + System.getProperty("java.io.tmpdir") + ": "
                    + cause.getMessage();
            remedy = "free some space there, or choose another folder with -Djava.io.tmpdir";
        } else {
            problem = "its native library does not load on " + platform() + ": " + cause.getMessage();
            remedy = SUPPORTED + "; if " + System.getProperty("java.io.tmpdir")
                    + " forbids running code, choose another folder with -Djava.io.tmpdir";
        }
        return RelataException.failure("natives.lightgbm", "LightGBM", problem, remedy)
                .causedBy(cause);
    }

    @SuppressWarnings("restricted") // only to see whether it is there
    private static boolean loads(String library) {
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup.libraryLookup(library, arena);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<String> openMp() {
        if (isMac()) {
            return Optional.of("libomp.dylib");
        }
        return os().startsWith("linux") ? Optional.of("libgomp.so.1") : Optional.empty();
    }

    private static boolean isMac() {
        return os().startsWith("mac");
    }

    private static String os() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT);
    }

    private static String platform() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }
}
