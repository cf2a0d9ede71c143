package org.relata.features.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.relata.features.plan.EncodedTable;
import org.relata.features.plan.FeaturePlan;
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
        /// It says which pairs have which of them.
        USES,
        /// It keeps the join of a path that several queries need.
        JOIN,
        /// It computes the features of a path.
        FEATURES
    }

    /// One statement.
    ///
    /// @param role what it is for
    /// @param subject the table it encodes, the relation it makes, or the name of the query it computes
    /// @param query the query it computes, for [Role#FEATURES]
    /// @param select its SELECT, without the head that keeps the result as a table
    public record Statement(Role role, String subject, Optional<PathQuery> query, String select) {}

    /// The statements in the order they run, every table in its encoded form.
    public static List<Statement> of(FeaturePlan plan) {
        return of(plan, plan.tables().stream().map(EncodedTable::table).collect(Collectors.toSet()));
    }

    /// The statements in the order they run.
    ///
    /// @param encoded the tables that are read in their encoded form; the others are read as they are
    public static List<Statement> of(FeaturePlan plan, Set<String> encoded) {
        PlanSql sql = new PlanSql(plan, new Relations(plan, PlanSql.SCRATCH, encoded));
        List<Statement> statements = new ArrayList<>(sql.preparations());
        Set<String> kept = new HashSet<>();
        for (PathQuery query : plan.queries()) {
            sql.joins(query).stream().filter(join -> kept.add(join.subject())).forEach(statements::add);
            statements.add(new Statement(Role.FEATURES, query.name(), Optional.of(query), sql.query(query)));
        }
        return statements;
    }
}
