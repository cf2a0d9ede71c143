package org.relata.database.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relata.database.DataIssue.Severity;

/// Which findings in the data stop the work and which do not.
///
/// Both maps go from a place to issue codes. A place is `*` for everywhere, a table, or `table.column`; the nearest
/// place that names a code decides, and at one place `fatal` wins over `tolerate`.
///
/// @param tolerate codes that are counted and reported, nothing more
/// @param fatal codes that stop the work
public record Policy(Map<String, Set<String>> tolerate, Map<String, Set<String>> fatal) {
    /// The place that means everywhere.
    public static final String EVERYWHERE = "*";

    /// Copies the maps.
    public Policy {
        tolerate = Map.copyOf(new LinkedHashMap<>(tolerate));
        fatal = Map.copyOf(new LinkedHashMap<>(fatal));
    }

    /// Every finding as severe as it is by default.
    public static Policy defaults() {
        return new Policy(Map.of(), Map.of());
    }

    /// How severe a finding is here.
    ///
    /// @param code the issue's code
    /// @param table the table it was found in
    /// @param column the column, when it is about one
    /// @param normally how severe it is when the file says nothing
    public Severity severity(String code, String table, Optional<String> column, Severity normally) {
        if (column.isPresent()) {
            String place = table + "." + column.get();
            if (has(fatal, place, code)) {
                return Severity.ERROR;
            }
            if (has(tolerate, place, code)) {
                return atMostWarning(normally);
            }
        }
        for (String place : new String[] {table, EVERYWHERE}) {
            if (has(fatal, place, code)) {
                return Severity.ERROR;
            }
            if (has(tolerate, place, code)) {
                return atMostWarning(normally);
            }
        }
        return normally;
    }

    private static boolean has(Map<String, Set<String>> map, String place, String code) {
        return map.getOrDefault(place, Set.of()).contains(code);
    }

    private static Severity atMostWarning(Severity normally) {
        return normally == Severity.ERROR ? Severity.WARNING : normally;
    }
}
