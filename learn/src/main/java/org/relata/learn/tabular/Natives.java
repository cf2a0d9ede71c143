package org.relata.learn.tabular;

import io.github.metarank.lightgbm4j.LGBMBooster;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.Locale;
import java.util.Optional;
import org.relata.database.RelataException;

/// The native code that boosted trees need: LightGBM, and the OpenMP runtime beneath it.
public final class Natives {
    private static volatile boolean loaded;

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

    /// Loads the native code.
    ///
    /// @throws RelataException with code `natives.lightgbm` when that fails, naming the missing piece
    static synchronized void require() {
        if (loaded) {
            return;
        }
        try {
            LGBMBooster.loadNative();
            loaded = true;
        } catch (IOException | LinkageError e) {
            throw missing(e);
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
            remedy = "Linux (glibc), macOS and Windows on x86_64, and Linux and macOS on aarch64, are supported";
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
