package org.relata.cli.run;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Where a result came from.
///
/// @param versions the version of everything that matters to the result, by name
/// @param command the command line as it was typed, without secrets
/// @param source where the data was, without secrets
/// @param fingerprint the fingerprint of the data
/// @param seed what all randomness derived from
/// @param commit the commit of the repository the command ran in, if it ran in one
/// @param started when the run began
/// @param finished when it ended
record Provenance(
        Map<String, String> versions,
        String command,
        String source,
        String fingerprint,
        long seed,
        Optional<String> commit,
        Instant started,
        Instant finished) {
    /// As `provenance.json` holds it.
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("command", command);
        map.put("source", source);
        map.put("fingerprint", fingerprint);
        map.put("seed", seed);
        map.put("versions", versions);
        commit.ifPresent(id -> map.put("git_commit", id));
        map.put("started", started.toString());
        map.put("finished", finished.toString());
        return map;
    }
}
