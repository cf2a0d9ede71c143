package org.relata.database.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relata.database.DataIssue.Severity;
import org.relata.database.Inference;
import org.relata.database.RelataException;
import org.relata.database.Sql;
import org.relata.database.config.ColumnConfig;
import org.relata.database.config.IssueCodes;
import org.relata.database.infer.Attribute;
import org.relata.database.infer.Relation;
import org.relata.database.infer.TextTyping;

/// Copies single CSV and Parquet files into raw tables.
final class FileTables {
    private static final List<String> SUFFIXES =
            List.of(".parquet", ".csv.gz", ".csv", ".tsv.gz", ".tsv", ".txt.gz", ".txt");

    private FileTables() {}

    /// The name of the table a file holds; empty when it is not a file of a kind that can be read.
    ///
    /// `.txt` counts only where a file is named outright, so that a README beside the data is no table.
    static Optional<String> tableName(Path file, boolean namedOutright) {
        String name = file.getFileName().toString();
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith(".")) {
            return Optional.empty();
        }
        return SUFFIXES.stream()
                .filter(s -> lower.endsWith(s) && (namedOutright || !s.startsWith(".txt")))
                .findFirst()
                .map(s -> name.substring(0, name.length() - s.length()))
                .filter(n -> !n.isBlank());
    }

    static boolean isParquet(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".parquet");
    }

    /// Copies a file.
    static RawTable load(LoadContext context, String table, Path file) {
        if (!isParquet(file)) {
            return csv(context, table, file);
        }
        // Files of a RelBench database keep their keys wherever they lie.
        Optional<ParquetKeys> keys = ParquetKeys.read(context.workspace().duck(), file);
        return parquet(
                context,
                table,
                file,
                keys.map(ParquetKeys::declared).orElseGet(Declared::nothing),
                keys.map(ParquetKeys::hidden).orElse(List.of()));
    }

    /// Copies a Parquet file.
    static RawTable parquet(LoadContext context, String table, Path file, Declared declared, List<String> hidden) {
        Workspace workspace = context.workspace();
        String raw = workspace.raw(table);
        try {
            workspace
                    .duck()
                    .execute("CREATE TABLE " + raw + " AS SELECT * FROM read_parquet(" + Sql.text(file.toString())
                            + ")");
        } catch (RelataException e) {
            throw RelataException.usage(
                            "source.parquet",
                            file.toString(),
                            "it cannot be read as Parquet (" + e.problem() + ")",
                            "check that the file is complete")
                    .causedBy(e);
        }
        return new RawTable(table, raw, workspace.attributes(raw), workspace.rows(raw), declared, true, hidden);
    }

    private static RawTable csv(LoadContext context, String table, Path file) {
        Workspace workspace = context.workspace();
        CsvHeader header = CsvHeader.read(file);
        String raw = workspace.raw(table);
        String text = workspace.raw(table + " as text");
        List<String> columns = new ArrayList<>();
        header.columns().forEach(c -> columns.add(Sql.text(c) + ": 'VARCHAR'"));
        List<String> nulls = context.config().nulls().stream().map(Sql::text).toList();
        String read = "read_csv(" + Sql.text(file.toString()) + ", auto_detect = false, header = true, delim = "
                + Sql.text(String.valueOf(header.delimiter())) + ", quote = '\"', escape = '\"', nullstr = ["
                + String.join(", ", nulls.isEmpty() ? List.of("''") : nulls) + "], columns = {"
                + String.join(", ", columns) + "}, max_line_size = 16777216, buffer_size = 33554432, "
                + "store_rejects = true)";
        try {
            workspace.duck().execute("CREATE TABLE " + text + " AS SELECT * FROM " + read);
        } catch (RelataException e) {
            if (e.problem().contains("unicode") || e.problem().contains("utf-8")) {
                throw CsvHeader.notUtf8(file).causedBy(e);
            }
            throw RelataException.usage(
                            "source.csv", file.toString(), "it cannot be read as CSV (" + e.problem() + ")", "")
                    .causedBy(e);
        }
        reportRagged(context, table, header.columns().size());
        List<Attribute> attributes = workspace.attributes(text);
        Relation relation = new Relation(table, text + " AS r", attributes, workspace.rows(text));
        retype(context, relation, raw, Set.of());
        workspace.duck().execute("DROP TABLE " + text);
        return new RawTable(table, raw, workspace.attributes(raw), relation.rows(), Declared.nothing(), false);
    }

    private static void reportRagged(LoadContext context, String table, int expected) {
        Workspace workspace = context.workspace();
        long rejected = workspace.duck().count("SELECT count(DISTINCT (line, line_byte_position)) FROM reject_errors");
        if (rejected > 0) {
            List<String> examples = workspace
                    .duck()
                    .query(
                            "SELECT line, any_value(error_type::VARCHAR), any_value(left(trim(csv_line), 60)) FROM "
                                    + "reject_errors GROUP BY line ORDER BY line LIMIT 3",
                            row -> "line " + row.getLong(1) + " ("
                                    + String.valueOf(row.getString(2)).toLowerCase(Locale.ROOT) + ": "
                                    + String.valueOf(row.getString(3)).strip() + ")");
            context.issues()
                    .add(
                            IssueCodes.RAGGED,
                            Severity.ERROR,
                            table,
                            Optional.empty(),
                            rejected,
                            rejected + " rows do not have the " + expected + " values of the header and are set aside: "
                                    + String.join("; ", examples),
                            "mend the file");
        }
        workspace.duck().execute("DELETE FROM reject_errors");
        workspace.duck().execute("DELETE FROM reject_scans");
    }

    /// Writes a table of texts again with the types its columns turn out to have.
    ///
    /// @param meantAsText columns that the source declares as text: only dates are made of them
    static void retype(LoadContext context, Relation text, String target, Set<String> meantAsText) {
        Map<String, ColumnConfig> declared = DeclaredColumns.of(context.config().table(text.name()));
        Map<String, String> select = new LinkedHashMap<>();
        text.attributes().forEach(a -> select.put(a.name(), a.sql()));
        for (boolean datesOnly : new boolean[] {false, true}) {
            List<Attribute> columns = text.attributes().stream()
                    .filter(a -> meantAsText.contains(a.name()) == datesOnly)
                    .toList();
            Relation part = new Relation(text.name(), text.from(), columns, text.rows());
            TextTyping typing = new TextTyping(context.workspace().duck(), datesOnly);
            typing.judge(part, declared).forEach((column, found) -> {
                select.put(column, found.sql());
                TypingReport.add(context, typing, part, column, found);
                if (!found.type().equals("VARCHAR") && !declared.containsKey(column)) {
                    context.inferences()
                            .add(new Inference(
                                    text.name(),
                                    Optional.of(column),
                                    "type " + found.type(),
                                    found.evidence(),
                                    found.failures() == 0 ? 1.0 : 0.9));
                }
            });
        }
        List<String> columns = select.entrySet().stream()
                .map(e -> e.getValue() + " AS " + Sql.id(e.getKey()))
                .toList();
        context.workspace()
                .duck()
                .execute(
                        "CREATE TABLE " + target + " AS SELECT " + String.join(", ", columns) + " FROM " + text.from());
    }
}
