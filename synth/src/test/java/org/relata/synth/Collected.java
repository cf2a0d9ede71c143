package org.relata.synth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relata.synth.column.Cells;
import org.relata.synth.config.Choices;
import org.relata.synth.config.Config;
import org.relata.synth.config.DatabaseParameters;
import org.relata.synth.config.ScmParameters;
import org.relata.synth.table.Generation;
import org.relata.synth.table.Rows;
import org.relata.synth.table.TableShape;

/// All cells of a database, as texts: for comparing whole databases, and for looking at columns.
final class Collected implements Generation.Sink {
    final Map<String, TableShape> shapes = new LinkedHashMap<>();
    final Map<String, List<List<String>>> columns = new LinkedHashMap<>();
    private String current = "";

    static Collected of(SyntheticDataset dataset, int threads) {
        Collected collected = new Collected();
        dataset.generate(collected, threads);
        return collected;
    }

    /// A configuration of databases that are small.
    static Config.Builder small(Config config) {
        return config.toBuilder()
                .set(DatabaseParameters.NUM_TABLES_CHOICES, Choices.range(1, 5))
                .set(DatabaseParameters.NUM_ROWS_ENTITY_TABLE_CHOICES, Choices.range(40, 80))
                .set(DatabaseParameters.NUM_ROWS_ACTIVITY_TABLE_CHOICES, Choices.range(100, 200));
    }

    /// A configuration of databases that are tiny, for tests that need many.
    static Config.Builder tiny(Config config) {
        return small(config)
                .set(DatabaseParameters.NUM_TABLES_CHOICES, Choices.range(1, 3))
                .set(DatabaseParameters.NUM_COLS_CHOICES, Choices.range(3, 6))
                .set(ScmParameters.SCM_COL_NODE_PERC_CHOICES, Choices.range(0.7, 0.9));
    }

    @Override
    public void begin(TableShape table) {
        current = table.name();
        shapes.put(current, table);
        List<List<String>> empty = new ArrayList<>();
        table.columns().forEach(_ -> empty.add(new ArrayList<>()));
        columns.put(current, empty);
    }

    @Override
    public void rows(Rows rows) {
        for (int c = 0; c < rows.columns().size(); c++) {
            List<String> into = columns.get(current).get(c);
            for (int row = 0; row < rows.count(); row++) {
                into.add(text(rows.columns().get(c), row));
            }
        }
    }

    private static String text(Cells cells, int row) {
        if (cells.missing()[row]) {
            return "";
        }
        return switch (cells) {
            case Cells.Longs longs -> Long.toString(longs.values()[row]);
            case Cells.Reals reals -> Double.toString(reals.values()[row]);
            case Cells.Flags flags -> Boolean.toString(flags.values()[row]);
            case Cells.Texts texts -> texts.values()[row];
            case Cells.Days days -> Integer.toString(days.values()[row]);
            case Cells.Instants instants -> Long.toString(instants.values()[row]);
        };
    }

    @Override
    public void end() {}

    /// The cells of a column.
    List<String> column(String table, String column) {
        List<TableShape.ShownColumn> all = shapes.get(table).columns();
        int index = all.stream().map(TableShape.ShownColumn::name).toList().indexOf(column);
        return columns.get(table).get(index);
    }

    /// A number that changes with every cell.
    int fingerprint() {
        return Arrays.hashCode(new int[] {shapes.hashCode(), columns.hashCode()});
    }
}
