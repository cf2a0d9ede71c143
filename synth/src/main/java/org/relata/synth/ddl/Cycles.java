package org.relata.synth.ddl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.relata.synth.schema.LinkPlan;
import org.relata.synth.schema.SchemaPlan;
import org.relata.synth.schema.TablePlan;

/// Finds tables whose links lead back to them, so that a reader of the plan is told.
final class Cycles {
    private Cycles() {}

    /// One circle for each group of tables that refer to each other, each as its tables in order, the first again at
    /// the end. A table that refers to itself is a circle of one.
    static List<List<String>> of(SchemaPlan plan) {
        List<TablePlan> tables = plan.tables();
        Map<String, Integer> positions = new HashMap<>();
        tables.forEach(table -> positions.put(table.name(), positions.size()));
        int[][] parents = tables.stream()
                .map(table -> table.foreignKeys().stream()
                        .map(LinkPlan::parent)
                        .mapToInt(parent -> positions.getOrDefault(parent, 0))
                        .toArray())
                .toArray(int[][]::new);
        int[] groups = groups(parents);
        List<List<String>> circles = new ArrayList<>();
        boolean[] told = new boolean[tables.size()];
        for (int i = 0; i < parents.length; i++) {
            if (!told[groups[i]] && within(parents[i], groups, groups[i]) >= 0) {
                told[groups[i]] = true;
                circles.add(circle(i, parents, groups).stream()
                        .map(t -> tables.get(t).name())
                        .toList());
            }
        }
        return circles;
    }

    /// Goes from parent to parent inside the group until a table comes again.
    private static List<Integer> circle(int start, int[][] parents, int[] groups) {
        List<Integer> path = new ArrayList<>();
        Map<Integer, Integer> seen = new HashMap<>();
        int at = start;
        while (!seen.containsKey(at)) {
            seen.put(at, path.size());
            path.add(at);
            at = within(parents[at], groups, groups[at]);
        }
        List<Integer> circle = new ArrayList<>(path.subList(seen.getOrDefault(at, 0), path.size()));
        circle.add(at);
        return circle;
    }

    /// The first parent that belongs to the group, or -1.
    private static int within(int[] parents, int[] groups, int group) {
        for (int parent : parents) {
            if (groups[parent] == group) {
                return parent;
            }
        }
        return -1;
    }

    /// The strongly connected groups of tables, by Tarjan's way with a stack of its own, since chains may be long.
    private static int[] groups(int[][] parents) {
        int n = parents.length;
        int[] index = new int[n];
        int[] low = new int[n];
        int[] group = new int[n];
        int[] nextParent = new int[n];
        int[] open = new int[n];
        int[] path = new int[n];
        Arrays.fill(group, -1);
        int counter = 0;
        int opened = 0;
        for (int root = 0; root < n; root++) {
            int depth = 0;
            if (index[root] == 0) {
                path[depth++] = root;
            }
            while (depth > 0) {
                int at = path[depth - 1];
                if (index[at] == 0) {
                    index[at] = low[at] = ++counter;
                    open[opened++] = at;
                }
                if (nextParent[at] < parents[at].length) {
                    int parent = parents[at][nextParent[at]++];
                    if (index[parent] == 0) {
                        path[depth++] = parent;
                    } else if (group[parent] < 0) {
                        low[at] = Math.min(low[at], index[parent]);
                    }
                    continue;
                }
                depth--;
                if (depth > 0) {
                    low[path[depth - 1]] = Math.min(low[path[depth - 1]], low[at]);
                }
                if (low[at] == index[at]) {
                    int member;
                    do {
                        member = open[--opened];
                        group[member] = at;
                    } while (member != at);
                }
            }
        }
        return group;
    }
}
