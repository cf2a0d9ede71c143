package org.relata.database.config;

import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    /// defined by SQL.
    public static DatabaseConfig of(Database database) {
        Map<String, TableConfig> tables = new LinkedHashMap<>();
        for (Table table : database.schema().tables()) {
            Map<String, ColumnConfig> columns = new LinkedHashMap<>();
            table.featureColumns().forEach(c -> columns.put(c.name(), ColumnConfig.of(c.kind())));
            tables.put(
                    table.name(),
                    new TableConfig(
                            Optional.empty(),
                            Optional.empty(),
                            table.primaryKey().isEmpty() ? Choice.none() : Choice.given(table.primaryKey()),
                            table.timeColumn()
                                    .<Choice<String>>map(Choice::given)
                                    .orElseGet(Choice::none),
                            Choice.<List<ForeignKey>>given(table.foreignKeys()),
                            List.of(),
                            columns,
                            List.of()));
        }
        return new DatabaseConfig(
                Optional.of(database.schema().name()),
                database.schema().validationTime(),
                database.schema().testTime(),
                Policy.defaults(),
                DEFAULT_NULLS,
                true,
                tables);
    }

    /// What is said about a table; nothing when it is not mentioned.
    public TableConfig table(String tableName) {
        return tables.getOrDefault(tableName, TableConfig.empty());
    }
}
