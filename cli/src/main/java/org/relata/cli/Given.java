package org.relata.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.relata.database.RelataException;

/// Options that change a preset: what is given counts, and what is not is the preset's.
final class Given {
    private Given() {}

    static int or(@Nullable Integer given, int preset) {
        return given == null ? preset : given;
    }

    static double or(@Nullable Double given, double preset) {
        return given == null ? preset : given;
    }

    /// The preset of a name.
    ///
    /// @param code of the error if there is none
    static <T> T preset(String name, String code, Map<String, T> presets) {
        T found = presets.get(name);
        if (found == null) {
            throw RelataException.usage(
                    code,
                    "--preset " + name,
                    "there is no such preset",
                    "there are " + String.join(", ", presets.keySet()));
        }
        return found;
    }
}
