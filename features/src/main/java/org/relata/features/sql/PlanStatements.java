package org.relata.features.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relata.features.plan.EncodedTable;
import org.relata.features.plan.FeaturePlan;
import org.relata.features.plan.JoinPath;
import org.relata.features.plan.PathQuery;

/// The statements that [FeatureRunner] runs for a plan, one by one, for whoever wants to check them.
public final class PlanStatements {
    private PlanStatements() {}

    /// What a statement is for.
    public enum Role {
        /// It makes the encoded form of a table.
        ENCODE,
        /// It finds the row an anchor leads to, for each pair.
        ANCHOR,
        /// It gathers the distinct (row, cut-off) of an anchor.
        KEYS,
        /// It computes the features of a path.
        FEATURES,
        /// It leads from the features of a path to the pairs.
        SPREAD
    }

    /// One statement.
    ///
    /// @param role what it is for
    /// @param subject the table it encodes, the relation it makes, or the name of the query it computes
    /// @param query the query it computes, for [Role#FEATURES] and [Role#SPREAD]
    /// @param select its SELECT, without the head that keeps the result as a table
    public record Statement(Role role, String subject, Optional<PathQuery> query, String select) {}

    /// The statements in the order they run.
    public static List<Statement> of(FeaturePlan plan) {
        PlanSql sql = new PlanSql(plan, PlanSql.SCRATCH);
        List<Statement> statements = new ArrayList<>();
        for (EncodedTable table : sql.tablesRead()) {
            statements.add(new Statement(Role.ENCODE, table.table(), Optional.empty(), withoutHead(sql.encode(table))));
        }
        for (JoinPath anchor : sql.anchors()) {
            statements.add(new Statement(
                    Role.ANCHOR, sql.anchorName(anchor), Optional.empty(), withoutHead(sql.anchor(anchor))));
            if (plan.queries().stream()
                    .anyMatch(q -> q.path().toMany() && q.path().anchor().equals(anchor))) {
                statements.add(new Statement(
                        Role.KEYS, sql.keysName(anchor), Optional.empty(), withoutHead(sql.keys(anchor))));
            }
        }
        for (PathQuery query : plan.queries()) {
            statements.add(new Statement(Role.FEATURES, query.name(), Optional.of(query), sql.query(query)));
            if (query.path().toMany()) {
                statements.add(new Statement(
                        Role.SPREAD, query.name(), Optional.of(query), sql.spread(query, PlanSql.SCRATCH + ".result")));
            }
        }
        return statements;
    }

    private static String withoutHead(String statement) {
        return statement.substring(statement.indexOf(" AS\n") + 4);
    }
}
