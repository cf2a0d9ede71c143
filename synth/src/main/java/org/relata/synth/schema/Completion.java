package org.relata.synth.schema;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.relata.synth.config.Config;
import org.relata.synth.config.DatabaseParameters;
import org.relata.synth.random.Draws;
import org.relata.synth.random.Key;

/// Draws what a plan leaves open about sizes and times: the rows of each table, and the time span.
public final class Completion {
    private Completion() {}

    /// The plan with nothing left open about sizes and times.
    public static SchemaPlan of(SchemaPlan plan, Config config, Key key) {
        Set<String> referenced = referenced(plan);
        List<TablePlan> tables = new ArrayList<>();
        for (int i = 0; i < plan.tables().size(); i++) {
            TablePlan table = plan.tables().get(i);
            Draws draws = key.child("table").child(i).child("rows").draws();
            long drawn = config.get(
                            referenced.contains(table.name())
                                    ? DatabaseParameters.NUM_ROWS_ENTITY_TABLE_CHOICES
                                    : DatabaseParameters.NUM_ROWS_ACTIVITY_TABLE_CHOICES)
                    .draw(draws);
            tables.add(new TablePlan(
                    table.name(),
                    table.primaryKey(),
                    table.foreignKeys(),
                    table.columns(),
                    table.timeColumn(),
                    OptionalLong.of(table.rows().orElse(drawn))));
        }
        TimeSpan span =
                plan.span().orElseGet(() -> span(config, key.child("span").draws()));
        return new SchemaPlan(tables, Optional.of(span));
    }

    /// The tables that another table refers to: a table that only refers to itself is not among them.
    public static Set<String> referenced(SchemaPlan plan) {
        Set<String> referenced = new HashSet<>();
        for (TablePlan table : plan.tables()) {
            table.foreignKeys().stream()
                    .map(LinkPlan::parent)
                    .filter(p -> !p.equals(table.name()))
                    .forEach(referenced::add);
        }
        return referenced;
    }

    /// Two days, each pair as likely that is far enough apart.
    private static TimeSpan span(Config config, Draws draws) {
        LocalDate first = config.get(DatabaseParameters.MIN_TIMESTAMP);
        int days = (int) (config.get(DatabaseParameters.MAX_TIMESTAMP).toEpochDay() - first.toEpochDay());
        int apart = config.get(DatabaseParameters.MIN_SPAN_DAYS);
        int a = draws.integer(0, days);
        int b = draws.integer(0, days);
        while (Math.abs(a - b) < apart) {
            a = draws.integer(0, days);
            b = draws.integer(0, days);
        }
        return new TimeSpan(
                first.plusDays(Math.min(a, b)).atStartOfDay(),
                first.plusDays(Math.max(a, b)).atStartOfDay());
    }
}
