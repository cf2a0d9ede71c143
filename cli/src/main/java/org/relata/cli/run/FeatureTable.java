package org.relata.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.relata.database.Database;
import org.relata.database.RelataException;
import org.relata.database.Sql;
import org.relata.database.Table;
import org.relata.database.task.Split;
import org.relata.database.task.TaskRows;
import org.relata.features.Feature;
import org.relata.features.FeatureMatrix;

/// Features as a table: the entity's own key, `seed_time`, `split`, `label`, and one column a feature under its name.
public final class FeatureTable {
    private static final String STAGE = "__relata_features";

    private FeatureTable() {}

    /// The rows of a split with their features.
    ///
    /// @param split the split
    /// @param rows its rows
    /// @param features their features, in the same order
    public record Block(Split split, TaskRows rows, FeatureMatrix features) {}

    /// Writes blocks of equal features as one `.parquet` or `.csv` file.
    ///
    /// @throws IOException when the file cannot be written
    public static void write(Database database, Table entity, List<Block> blocks, Path file) throws IOException {
        List<Feature> features = blocks.getFirst().features().features();
        StringBuilder columns =
                new StringBuilder("n BIGINT, entity BIGINT, seed TIMESTAMP, split VARCHAR, label DOUBLE");
        List<String> items = new ArrayList<>();
        Set<String> names = new HashSet<>(Set.of("seed_time", "split", "label"));
        for (int f = 0; f < features.size(); f++) {
            columns.append(", f")
                    .append(f)
                    .append(features.get(f).type() == Feature.Type.NUMERIC ? " FLOAT" : " VARCHAR");
            items.add("p.f" + f + " AS " + Sql.id(features.get(f).name()));
            names.add(features.get(f).name());
        }
        items.addAll(0, List.of("p.seed AS seed_time", "p.split", "p.label"));
        items.addAll(0, EntityKeys.select(entity, "e", names));
        database.store().execute("CREATE OR REPLACE TEMP TABLE " + STAGE + " (" + columns + ")");
        try (DuckDBAppender appender =
                database.store().connection().unwrap(DuckDBConnection.class).createAppender("temp", "main", STAGE)) {
            long n = 0;
            for (Block block : blocks) {
                for (int i = 0; i < block.rows().size(); i++) {
                    append(appender, block, i, n++);
                }
            }
        } catch (SQLException e) {
            throw RelataException.failure("features.stage", "features", String.valueOf(e.getMessage()), "")
                    .causedBy(e);
        }
        TableFile.write(
                database.store(),
                "SELECT " + String.join(", ", items) + " FROM " + EntityKeys.join("temp.main." + STAGE, entity)
                        + " ORDER BY p.n",
                file);
        database.store().execute("DROP TABLE temp.main." + STAGE);
    }

    private static void append(DuckDBAppender appender, Block block, int i, long n) throws SQLException {
        appender.beginRow();
        appender.append(n);
        appender.append(block.rows().entity()[i]);
        appender.appendEpochMicros(block.rows().seed()[i]);
        appender.append(block.split().label());
        if (block.rows().labelled()) {
            appender.append(block.rows().label()[i]);
        } else {
            appender.appendNull();
        }
        FeatureMatrix features = block.features();
        for (int f = 0; f < features.width(); f++) {
            float value = features.column(f)[i];
            if (Float.isNaN(value)) {
                appender.appendNull();
            } else if (features.features().get(f).type() == Feature.Type.NUMERIC) {
                appender.append(value);
            } else {
                appender.append(features.categories(f).get((int) value));
            }
        }
        appender.endRow();
    }
}
