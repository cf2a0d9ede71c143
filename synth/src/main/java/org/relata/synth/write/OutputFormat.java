package org.relata.synth.write;

import java.util.Arrays;
import java.util.List;
import org.relata.database.RelataException;
import org.relata.database.config.Nearest;
import org.relata.synth.config.Named;

/// As what a database is written.
public enum OutputFormat implements Named {
    /// A RelBench folder, of version 3 with the keys of version 1 inside, and its tasks.
    RELBENCH("relbench"),
    /// A Parquet file for each table, and a `database.yaml`.
    PARQUET("parquet"),
    /// A CSV file for each table, and a `database.yaml`.
    CSV("csv"),
    /// A DuckDB file, and a `database.yaml`.
    DUCKDB("duckdb");

    private final String label;

    OutputFormat(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    /// The format of that name.
    ///
    /// @throws RelataException `synth.format`, with the nearest name
    public static OutputFormat of(String name) {
        List<String> names = Arrays.stream(values()).map(OutputFormat::label).toList();
        return Arrays.stream(values())
                .filter(f -> f.label.equals(name))
                .findFirst()
                .orElseThrow(() -> RelataException.usage(
                        "synth.format", "format " + name, "there is no such format", Nearest.remedy(name, names)));
    }
}
