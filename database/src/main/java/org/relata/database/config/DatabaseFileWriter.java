package org.relata.database.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.relata.database.ColumnKind;
import org.relata.database.ForeignKey;
import org.relata.database.Inference;

/// Writes `database.yaml` for people: what was concluded stands beside its evidence, ready to be corrected.
///
/// Read again, the text gives the same configuration.
public final class DatabaseFileWriter {
    private final StringBuilder yaml = new StringBuilder();
    private final List<Inference> inferences;

    private DatabaseFileWriter(List<Inference> inferences) {
        this.inferences = inferences;
    }

    /// The text of a file.
    ///
    /// @param config what it says
    /// @param inferences the evidence, written as comments
    public static String text(DatabaseConfig config, List<Inference> inferences) {
        DatabaseFileWriter writer = new DatabaseFileWriter(inferences);
        writer.head(config);
        config.tables().forEach(writer::table);
        return writer.yaml.toString();
    }

    private void head(DatabaseConfig config) {
        yaml.append(
                        "# What Relata takes this database for. Correct it where it is wrong: `null` means \"none\", and what is\n")
                .append("# left out is concluded from the data again. Kinds: ")
                .append(String.join(
                        ", ",
                        java.util.Arrays.stream(ColumnKind.values())
                                .map(ColumnKind::label)
                                .toList()))
                .append(".\n");
        config.name().ifPresent(n -> line(0, "name", YamlText.scalar(n)));
        config.validationTime().ifPresent(t -> line(0, "val_timestamp", YamlText.time(t)));
        config.testTime().ifPresent(t -> line(0, "test_timestamp", YamlText.time(t)));
        if (!config.infer()) {
            line(0, "infer", "false");
        }
        if (!config.nulls().equals(DatabaseConfig.DEFAULT_NULLS)) {
            line(0, "nulls", list(config.nulls()));
        }
        places("tolerate", config.policy().tolerate());
        places("fatal", config.policy().fatal());
        if (!config.tables().isEmpty()) {
            yaml.append("tables:\n");
        }
    }

    private void places(String key, Map<String, Set<String>> places) {
        if (places.isEmpty()) {
            return;
        }
        yaml.append(key).append(":\n");
        new TreeMap<>(places)
                .forEach((place, codes) -> line(
                        1, YamlText.scalar(place), list(codes.stream().sorted().toList())));
    }

    private void table(String name, TableConfig table) {
        yaml.append("\n  ").append(YamlText.scalar(name)).append(":\n");
        int before = yaml.length();
        table.path().ifPresent(p -> line(2, "path", YamlText.scalar(p)));
        table.sql().ifPresent(this::sql);
        switch (table.primaryKey()) {
            case Choice.Given<List<String>>(var columns) ->
                line(
                        2,
                        "pkey",
                        (columns.size() == 1 ? YamlText.scalar(columns.getFirst()) : list(columns))
                                + evidence(name, columns, "primary key"));
            case Choice.None<List<String>>() -> line(2, "pkey", "null");
            case Choice.Inferred<List<String>>() -> {}
        }
        switch (table.timeColumn()) {
            case Choice.Given<String>(var column) ->
                line(2, "time_col", YamlText.scalar(column) + evidence(name, List.of(column), "time column"));
            case Choice.None<String>() -> line(2, "time_col", "null");
            case Choice.Inferred<String>() -> {}
        }
        switch (table.foreignKeys()) {
            case Choice.Given<List<ForeignKey>>(var links) -> links(name, links);
            case Choice.None<List<ForeignKey>>() -> line(2, "fkeys", "null");
            case Choice.Inferred<List<ForeignKey>>() -> {}
        }
        if (!table.keep().isEmpty()) {
            line(2, "columns", list(table.keep()));
        } else if (!table.columns().isEmpty()) {
            yaml.append("    columns:\n");
            table.columns().forEach((column, said) -> column(name, column, said));
        }
        if (!table.drop().isEmpty()) {
            line(2, "drop", list(table.drop()));
        }
        if (yaml.length() == before) {
            yaml.insert(yaml.length() - 1, " {}");
        }
    }

    private void sql(String sql) {
        boolean block = sql.lines().noneMatch(l -> l.endsWith(" ") || l.startsWith(" "))
                && !sql.endsWith("\n")
                && !sql.contains("\r")
                && !sql.contains("\t")
                && !sql.isBlank();
        if (!block) {
            line(2, "sql", YamlText.scalar(sql));
            return;
        }
        yaml.append("    sql: |-\n");
        sql.lines()
                .forEach(l -> yaml.append(l.isEmpty() ? "" : "      ").append(l).append('\n'));
    }

    private void links(String table, List<ForeignKey> links) {
        if (links.isEmpty()) {
            line(2, "fkeys", "{}");
            return;
        }
        yaml.append("    fkeys:\n");
        long columns =
                links.stream().map(l -> l.columns().getFirst()).distinct().count();
        boolean simple = columns == links.size()
                && links.stream().allMatch(l -> l.columns().size() == 1);
        for (ForeignKey link : links) {
            String evidence = evidence(table, link.columns(), "foreign key");
            if (simple) {
                line(3, YamlText.scalar(link.columns().getFirst()), YamlText.scalar(link.targetTable()) + evidence);
            } else {
                yaml.append("      - columns: ").append(list(link.columns())).append('\n');
                line(4, "table", YamlText.scalar(link.targetTable()) + evidence);
            }
        }
    }

    private void column(String table, String column, ColumnConfig said) {
        List<String> parts = new ArrayList<>();
        said.kind().ifPresent(k -> parts.add("kind: " + k.label()));
        said.format().ifPresent(f -> parts.add("format: " + YamlText.scalar(f)));
        said.delimiter().ifPresent(d -> parts.add("delimiter: " + YamlText.scalar(d)));
        boolean kindOnly = said.kind().isPresent() && parts.size() == 1;
        String value = kindOnly ? said.kind().get().label() : "{" + String.join(", ", parts) + "}";
        line(3, YamlText.scalar(column), value + evidence(table, List.of(column), "kind"));
    }

    /// The evidence of a conclusion as a comment; empty where nothing was concluded.
    private String evidence(String table, List<String> columns, String conclusion) {
        Optional<Inference> inference = inferences.stream()
                .filter(i -> i.table().equals(table))
                .filter(i -> i.column().equals(Optional.of(String.join(", ", columns))))
                .filter(i -> i.conclusion().startsWith(conclusion))
                .max(Comparator.comparingDouble(Inference::confidence));
        return inference
                .map(i ->
                        "  # " + i.evidence().replaceAll("\\s+", " ") + (i.confidence() < 0.7 ? " (not certain)" : ""))
                .orElse("");
    }

    private void line(int depth, String key, String value) {
        yaml.append("  ".repeat(depth)).append(key).append(": ").append(value).append('\n');
    }

    private static String list(List<String> items) {
        return "[" + String.join(", ", items.stream().map(YamlText::scalar).toList()) + "]";
    }
}
