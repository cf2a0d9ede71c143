package org.relata.database.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.database.DataIssue.Severity;
import org.relata.database.config.IssueCodes;
import org.relata.database.config.TableConfig;
import org.relata.database.infer.Attribute;
import org.relata.database.infer.ColumnStatistics;
import org.relata.database.infer.Relation;

/// Leaves out columns that hold nothing to learn from, and says so: without a value, without a name, or of bytes.
record UselessColumns(LoadContext context, RawTable raw, TableConfig config) {
    Relation remove(Relation relation, Map<String, ColumnStatistics> figures) {
        List<Attribute> kept = relation.attributes().stream()
                .filter(a -> isUseful(relation, a, figures))
                .toList();
        return new Relation(relation.name(), relation.from(), kept, relation.rows());
    }

    private boolean isUseful(Relation relation, Attribute column, Map<String, ColumnStatistics> figures) {
        if (column.type().equals("BLOB") || column.type().equals("BIT")) {
            report(IssueCodes.BINARY_COLUMN, column, relation.rows(), "it holds bytes and is dropped");
            return false;
        }
        if (TableDraft.isNamed(config, raw.declared(), column.name())) {
            return true;
        }
        if (column.name().startsWith("Unnamed: ")) {
            report(IssueCodes.UNNAMED_COLUMN, column, relation.rows(), "it has no name and is dropped");
            return false;
        }
        ColumnStatistics of = figures.get(column.name());
        if (relation.rows() > 0 && of != null && of.values() == 0) {
            report(IssueCodes.NULL_COLUMN, column, relation.rows(), "none of its rows has a value, so it is dropped");
            return false;
        }
        return true;
    }

    private void report(String code, Attribute column, long count, String message) {
        context.issues()
                .add(
                        code,
                        Severity.INFO,
                        raw.name(),
                        Optional.of(column.name()),
                        count,
                        message,
                        "list it under `columns` to keep it");
    }
}
