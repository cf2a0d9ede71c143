package org.relata.synth.table;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.relata.synth.schema.TablePlan;
import org.relata.synth.scm.Scm;

/// What causes what in a table: its variables, and which of them are columns.
///
/// @param table the name of the table
/// @param variables all that are shown or influence what is, by their number in the model's graph
/// @param hears the foreign keys along which values come in: every variable with parents hears all columns of those
/// rows
public record CausalGraph(String table, List<Variable> variables, List<String> hears) {
    /// A variable.
    ///
    /// @param parents the variables that influence it, by their places in the list
    /// @param column the column that shows it; empty when it is hidden
    /// @param classes how many classes it takes, or zero for numbers
    public record Variable(List<Integer> parents, Optional<String> column, int classes) {
        /// Copies the list.
        public Variable {
            parents = List.copyOf(parents);
        }
    }

    /// Copies the lists.
    public CausalGraph {
        variables = List.copyOf(variables);
        hears = List.copyOf(hears);
    }

    static CausalGraph of(TablePlan plan, Scm scm, List<String> hears) {
        BitSet needed = new BitSet(scm.size());
        int[] column = new int[scm.size()];
        for (int c = 0; c < plan.columns().size(); c++) {
            column[scm.shownBy(c)] = c + 1;
            need(scm, scm.shownBy(c), needed);
        }
        List<Variable> variables = new ArrayList<>();
        for (int v = needed.nextSetBit(0); v >= 0; v = needed.nextSetBit(v + 1)) {
            List<Integer> parents = new ArrayList<>();
            for (int parent : scm.parents(v)) {
                parents.add(needed.get(0, parent).cardinality());
            }
            variables.add(new Variable(
                    parents,
                    column[v] == 0
                            ? Optional.empty()
                            : Optional.of(plan.columns().get(column[v] - 1).name()),
                    scm.classes(v)));
        }
        return new CausalGraph(plan.name(), variables, hears);
    }

    private static void need(Scm scm, int variable, BitSet needed) {
        if (!needed.get(variable)) {
            needed.set(variable);
            for (int parent : scm.parents(variable)) {
                need(scm, parent, needed);
            }
        }
    }

    /// The variables that a column influences, its own among them; empty when there is no such column.
    public BitSet influencedBy(String name) {
        BitSet influenced = new BitSet();
        for (int v = 0; v < variables.size(); v++) {
            influenced.set(v, variables.get(v).column().equals(Optional.of(name)));
        }
        int before;
        do {
            before = influenced.cardinality();
            for (int v = 0; v < variables.size(); v++) {
                if (variables.get(v).parents().stream().anyMatch(influenced::get)) {
                    influenced.set(v);
                }
            }
        } while (influenced.cardinality() > before);
        return influenced;
    }
}
