package org.relata.features.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.relata.database.ForeignKey;
import org.relata.database.Schema;
import org.relata.database.Table;

/// Enumerates the join paths of a schema up to a depth, shortest first, in the order of the tables.
///
/// Left out are hops that undo the hop before them, latest rows of tables without time, a second way to the same
/// one row through another latest row (the driver's constructor by results and again by qualifying) or to the same
/// distant
/// parents through other children, the other rows of the latest event, and paths with more than two hops to children,
/// whose rows multiply without saying anything new.
final class Paths {
    private final Schema schema;

    Paths(Schema schema) {
        this.schema = schema;
    }

    List<JoinPath> upTo(String entityTable, int depth) {
        List<JoinPath> all = new ArrayList<>();
        List<JoinPath> level = List.of(new JoinPath(entityTable, List.of()));
        all.addAll(level);
        Set<String> reached = new HashSet<>();
        for (int d = 1; d <= depth; d++) {
            List<JoinPath> next = new ArrayList<>();
            for (JoinPath path : level) {
                for (Step step : hops(path)) {
                    if (!redundant(path, step, reached, d == depth)) {
                        next.add(path.then(step));
                    }
                }
            }
            all.addAll(next);
            level = next;
        }
        return all;
    }

    private List<Step> hops(JoinPath path) {
        List<Step> hops = new ArrayList<>();
        Table here = schema.require(path.table());
        for (int i = 0; i < here.foreignKeys().size(); i++) {
            hops.add(new Step.Parent(here.foreignKeys().get(i).targetTable(), i));
        }
        for (Table child : schema.tables()) {
            for (int i = 0; i < child.foreignKeys().size(); i++) {
                ForeignKey link = child.foreignKeys().get(i);
                if (link.targetTable().equals(here.name())) {
                    hops.add(new Step.Children(child.name(), i));
                    if (!path.toMany() && child.timeColumn().isPresent()) {
                        hops.add(new Step.Latest(child.name(), i));
                    }
                }
            }
        }
        return hops;
    }

    private boolean redundant(JoinPath path, Step step, Set<String> reached, boolean last) {
        if (path.steps().isEmpty()) {
            // A latest row is a stepping stone: its own columns are the "last" aggregates of its table.
            return step instanceof Step.Latest && last;
        }
        Step before = path.steps().getLast();
        boolean sameKey = step.foreignKey() == before.foreignKey();
        return switch (step) {
            case Step.Parent p -> {
                String from = path.steps().size() == 1
                        ? path.entityTable()
                        : path.steps().get(path.steps().size() - 2).table();
                boolean undoes =
                        !(before instanceof Step.Parent) && sameKey && p.table().equals(from);
                boolean afterLatest = before instanceof Step.Latest;
                // The first latest row that leads to a parent table stands for all others.
                boolean farParent = path.toMany() && before instanceof Step.Parent;
                yield undoes
                        || (afterLatest && !reached.add("latest " + p.table()))
                        || (farParent && !reached.add("through " + p.table()));
            }
            case Step.Latest l -> last || !usefulLatest(l) || before instanceof Step.Latest;
            case Step.Children c -> {
                long many = path.steps().stream()
                        .filter(Step.Children.class::isInstance)
                        .count();
                // Children of parents of children: everything near everything, weighted by how it is connected.
                boolean zigzag = path.toMany() && before instanceof Step.Parent;
                boolean ofLatest = before instanceof Step.Latest;
                // What else happened at the latest event says little; the history of the latest partner says a lot.
                boolean ofEvent = !path.toMany()
                        && path.steps().stream().anyMatch(Step.Latest.class::isInstance)
                        && schema.require(path.table()).timeColumn().isPresent();
                yield many >= 2 || zigzag || ofLatest || ofEvent;
            }
        };
    }

    private boolean usefulLatest(Step.Latest step) {
        return schema.require(step.table()).foreignKeys().size() > 1;
    }
}
