package org.relata.synth.ddl;

import java.util.Arrays;
import java.util.List;
import org.relata.database.RelataException;
import org.relata.database.config.Nearest;
import org.relata.synth.config.Named;

/// What becomes of a column whose type is not drawn: JSON, bytes, arrays, places, types without a meaning.
///
/// Keys are numbered whatever their type, so this is about other columns only.
public enum Unmodelled implements Named {
    /// Every such column is an error.
    REFUSED("refuse"),
    /// Bytes that may be absent are left out, with a note: they hold nothing to learn. The rest is an error.
    ABSENT_BYTES_LEFT_OUT("refuse-but-bytes"),
    /// Every such column is left out, with a note.
    LEFT_OUT("leave-out");

    private final String label;

    Unmodelled(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    /// The way of that name.
    ///
    /// @throws RelataException `ddl.unmodelled`, with the nearest name
    public static Unmodelled of(String name) {
        List<String> names = Arrays.stream(values()).map(Unmodelled::label).toList();
        return Arrays.stream(values())
                .filter(u -> u.label.equals(name))
                .findFirst()
                .orElseThrow(() -> RelataException.usage(
                        "ddl.unmodelled",
                        "--unmodelled " + name,
                        "there is no such way to deal with columns that are not drawn",
                        Nearest.remedy(name, names)));
    }
}
