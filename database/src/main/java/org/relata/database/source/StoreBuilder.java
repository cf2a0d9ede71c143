package org.relata.database.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.relata.database.DataIssue.Severity;
import org.relata.database.Database;
import org.relata.database.RelataException;
import org.relata.database.Sql;
import org.relata.database.check.IssueLog;
import org.relata.database.config.IssueCodes;
import org.relata.database.infer.Attribute;

/// Writes the tables of the store in the layout that [Database] describes.
///
/// First every table gets its row numbers, with its key beside them; then each table is written once, in order, with
/// the row numbers of its parents looked up. Cycles between tables therefore need no special care.
final class StoreBuilder {
    private final Workspace workspace;
    private final IssueLog issues;
    private final Map<String, TablePlan> plans;

    StoreBuilder(Workspace workspace, IssueLog issues, List<TablePlan> plans) {
        this.workspace = workspace;
        this.issues = issues;
        this.plans = plans.stream().collect(Collectors.toMap(TablePlan::name, Function.identity()));
    }

    /// Numbers the rows of a table: by time, then in source order. Rows without a usable key are set aside.
    void number(TablePlan plan) {
        String from = plan.relation().from();
        String order =
                plan.timeColumn().map(t -> plan.sql(t) + " ASC NULLS LAST, ").orElse("") + "r.rowid";
        List<String> keys = plan.primaryKey().stream().map(plan::sql).toList();
        List<String> conditions = new ArrayList<>();
        String once = "";
        if (!keys.isEmpty()) {
            String anyNull =
                    String.join(" OR ", keys.stream().map(k -> k + " IS NULL").toList());
            String list = String.join(", ", keys);
            long[] counts = workspace
                    .duck()
                    .query(
                            "SELECT coalesce(sum(n) FILTER (WHERE missing), 0), coalesce(sum(n - 1) FILTER (WHERE NOT "
                                    + "missing), 0) FROM (SELECT count(*) AS n, " + anyNull + " AS missing FROM " + from
                                    + " GROUP BY " + list + ")",
                            row -> new long[] {row.getLong(1), row.getLong(2)})
                    .getFirst();
            if (counts[0] > 0) {
                conditions.add("NOT (" + anyNull + ")");
                reportNullKey(plan, counts[0]);
            }
            if (counts[1] > 0) {
                once = " QUALIFY row_number() OVER (PARTITION BY " + list + " ORDER BY " + order + ") = 1";
                reportDuplicateKey(plan, keys, counts[1]);
            }
        }
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < keys.size(); i++) {
            key.append(", ").append(keys.get(i)).append(" AS k").append(i);
        }
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        String kept = "SELECT r.rowid AS source, " + order(plan) + " AS moment" + key + " FROM " + from + where + once;
        workspace
                .duck()
                .execute("CREATE TABLE " + workspace.numbered(plan.name())
                        + " AS SELECT source, row_number() OVER (ORDER BY moment ASC NULLS LAST, source) - 1 AS "
                        + Sql.id(Database.ROW) + ", moment, * EXCLUDE (source, moment) FROM (" + kept + ")");
    }

    private static String order(TablePlan plan) {
        return plan.timeColumn().map(plan::sql).orElse("CAST(NULL AS TIMESTAMP)");
    }

    /// Writes a table whose own rows and those of its parents are numbered.
    void write(TablePlan plan) {
        StringBuilder select = new StringBuilder("SELECT n.").append(Sql.id(Database.ROW));
        for (TablePlan.PlannedColumn column : plan.columns()) {
            select.append(", ").append(column.sql()).append(" AS ").append(Sql.id(column.name()));
        }
        StringBuilder from = new StringBuilder(" FROM ")
                .append(workspace.numbered(plan.name()))
                .append(" AS n JOIN ")
                .append(plan.relation().from())
                .append(" ON n.source = r.rowid");
        for (int i = 0; i < plan.links().size(); i++) {
            Declared.Link link = plan.links().get(i);
            String parent = "p" + i;
            select.append(", ")
                    .append(parent)
                    .append('.')
                    .append(Sql.id(Database.ROW))
                    .append(" AS ")
                    .append(Sql.id(Database.foreignKeyColumn(i)));
            from.append(" LEFT JOIN ")
                    .append(parentRows(link))
                    .append(" AS ")
                    .append(parent)
                    .append(" ON ");
            for (int k = 0; k < link.matchChild().size(); k++) {
                from.append(k == 0 ? "" : " AND ").append(equal(plan, link, k, parent + ".k" + k));
            }
        }
        workspace
                .duck()
                .execute("CREATE TABLE " + workspace.stored(plan.name()) + " AS " + select + from + " ORDER BY n."
                        + Sql.id(Database.ROW));
    }

    /// The numbered rows of a parent under the columns its children match.
    private String parentRows(Declared.Link link) {
        if (link.matchParent().isEmpty()) {
            return workspace.numbered(link.table());
        }
        TablePlan parent = require(link.table());
        StringBuilder select = new StringBuilder("(SELECT n.").append(Sql.id(Database.ROW));
        for (int k = 0; k < link.matchParent().size(); k++) {
            select.append(", ")
                    .append(parent.sql(link.matchParent().get(k)))
                    .append(" AS k")
                    .append(k);
        }
        return select + " FROM " + workspace.numbered(parent.name()) + " AS n JOIN "
                + parent.relation().from() + " ON n.source = r.rowid)";
    }

    private TablePlan require(String table) {
        TablePlan plan = plans.get(table);
        if (plan == null) {
            throw RelataException.usage("table.unknown", "table " + table, "there is no such table", "");
        }
        return plan;
    }

    /// Numbers meet numbers and texts meet texts as they are; where the two differ they meet as texts.
    private String equal(TablePlan plan, Declared.Link link, int position, String parentKey) {
        TablePlan target = require(link.table());
        List<String> matched = link.matchParent().isEmpty() ? target.primaryKey() : link.matchParent();
        String child = plan.sql(link.matchChild().get(position));
        boolean alike = isNumber(plan, link.matchChild().get(position)) == isNumber(target, matched.get(position));
        return alike
                ? child + " = " + parentKey
                : "CAST(" + child + " AS VARCHAR) = CAST(" + parentKey + " AS VARCHAR)";
    }

    private static boolean isNumber(TablePlan plan, String column) {
        Attribute attribute = plan.relation().require(column);
        return attribute.isInteger() || attribute.isFloating();
    }

    private void reportNullKey(TablePlan plan, long nulls) {
        issues.add(
                IssueCodes.NULL_KEY,
                Severity.ERROR,
                plan.name(),
                Optional.of(String.join(", ", plan.primaryKey())),
                nulls,
                nulls + " rows have no primary key and are set aside",
                "fill it in, or declare another `pkey` for " + plan.name());
    }

    private void reportDuplicateKey(TablePlan plan, List<String> keys, long duplicates) {
        String text = "concat_ws(', ', " + String.join(", ", keys) + ")";
        List<String> examples = workspace
                .duck()
                .query(
                        "SELECT left(" + text + ", 40) AS k FROM "
                                + plan.relation().from() + " GROUP BY " + String.join(", ", keys)
                                + " HAVING count(*) > 1 ORDER BY k LIMIT 3",
                        row -> String.valueOf(row.getString(1)));
        issues.add(
                IssueCodes.DUPLICATE_KEY,
                Severity.ERROR,
                plan.name(),
                Optional.of(String.join(", ", plan.primaryKey())),
                duplicates,
                duplicates + " rows repeat the primary key of an earlier row (" + String.join("; ", examples)
                        + ") and are set aside",
                "remove them, or declare another `pkey` for " + plan.name());
    }
}
