package org.relata.database.source;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.relata.database.ColumnKind;
import org.relata.database.config.Choice;
import org.relata.database.config.ColumnConfig;
import org.relata.database.config.TableConfig;

/// What `database.yaml` says about the columns of a table, the time column counted as a declared timestamp.
final class DeclaredColumns {
    private DeclaredColumns() {}

    static Map<String, ColumnConfig> of(TableConfig table) {
        Map<String, ColumnConfig> result = new LinkedHashMap<>(table.columns());
        if (table.timeColumn() instanceof Choice.Given<String>(String time)) {
            Optional<String> format = table.column(time).format();
            result.put(time, new ColumnConfig(Optional.of(ColumnKind.TIMESTAMP), format, Optional.empty()));
        }
        return result;
    }
}
