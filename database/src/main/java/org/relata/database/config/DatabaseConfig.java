package org.relata.database.config;

import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.database.Column;
import org.relata.database.Database;
import org.relata.database.ForeignKey;
import org.relata.database.Table;

/// The contents of a `database.yaml`.
///
/// @param name what the database is called; empty to name it after its source
/// @param validationTime the first validation seed time
/// @param testTime the first test seed time
/// @param policy which findings in the data stop the work
/// @param nulls texts that mean "no value" in CSV files
/// @param infer whether what is not declared is concluded from the data; column kinds always are
/// @param tables the tables, in order; empty for every table of the source
public record DatabaseConfig(
        Optional<String> name,
        Optional<LocalDateTime> validationTime,
        Optional<LocalDateTime> testTime,
        Policy policy,
        List<String> nulls,
        boolean infer,
        Map<String, TableConfig> tables) {
    /// What means "no value" in CSV files unless the file says otherwise.
    public static final List<String> DEFAULT_NULLS =
            List.of("", "\\N", "NA", "N/A", "NULL", "null", "NaN", "nan", "None");

    /// Copies lists and map, keeping the map's order.
    public DatabaseConfig {
        nulls = List.copyOf(nulls);
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    /// What holds when there is no file: every table, all of it inferred.
    public static DatabaseConfig empty() {
        return new DatabaseConfig(
                Optional.empty(), Optional.empty(), Optional.empty(), Policy.defaults(), DEFAULT_NULLS, true, Map.of());
    }

    /// The file that declares everything known about a database: keys, links, time columns and kinds.
    ///
    /// It reads tables under their own names, so it fits the source the database came from as long as no table was
    /// defined by SQL; for those see [#settledBy(Database)].
    public static DatabaseConfig of(Database database) {
        return empty().settledBy(database);
    }

    /// This file with everything it left open filled in from the database that was opened by it.
    public DatabaseConfig settledBy(Database database) {
        Map<String, TableConfig> settled = new LinkedHashMap<>();
        for (Table table : database.schema().tables()) {
            TableConfig said = table(table.name());
            Map<String, ColumnConfig> columns = new LinkedHashMap<>();
            if (said.keep().isEmpty()) {
                for (Column column : table.featureColumns()) {
                    ColumnConfig of = said.column(column.name());
                    columns.put(
                            column.name(), new ColumnConfig(Optional.of(column.kind()), of.format(), of.delimiter()));
                }
            }
            settled.put(
                    table.name(),
                    new TableConfig(
                            said.path(),
                            said.sql(),
                            table.primaryKey().isEmpty() ? Choice.none() : Choice.given(table.primaryKey()),
                            table.timeColumn()
                                    .<Choice<String>>map(Choice::given)
                                    .orElseGet(Choice::none),
                            Choice.<List<ForeignKey>>given(table.foreignKeys()),
                            said.keep(),
                            columns,
                            said.drop()));
        }
        return new DatabaseConfig(
                Optional.of(database.schema().name()),
                database.schema().validationTime(),
                database.schema().testTime(),
                policy,
                nulls,
                infer,
                settled);
    }

    /// What is said about a table; nothing when it is not mentioned.
    public TableConfig table(String tableName) {
        return tables.getOrDefault(tableName, TableConfig.empty());
    }
}
