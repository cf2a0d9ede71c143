package org.relata.algebra.run;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.relata.algebra.Reference;
import org.relata.algebra.RelExpr;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Tensor;

/// The reference interpreter as a runner: everything in memory, in float64. For tests and small data.
public final class ReferenceRunner implements Runner {
    private record Range(String attribute, long from, long to) {}

    private final Map<String, Relation> relations = new HashMap<>();
    private final Map<String, Range> ranges = new HashMap<>();

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public void bind(String relation, Relation data) {
        relations.put(relation, data);
    }

    @Override
    public Relation read(String relation) {
        Relation data = relations.get(relation);
        if (data == null) {
            throw new AlgebraException("relation.missing", "relation " + relation, "it was not given", "bind it");
        }
        return data;
    }

    @Override
    public Program compile(Map<String, RelExpr> outputs) {
        return new Run(new LinkedHashMap<>(outputs));
    }

    @Override
    public List<Long> cuts(String relation, String attribute, long tuples) {
        Relation data = read(relation);
        int index = index(data, relation, attribute);
        TreeMap<Long, Long> counts = new TreeMap<>();
        data.tuples().keySet().forEach(key -> counts.merge((Long) key.value(index), 1L, Long::sum));
        return Runner.cuts(counts, tuples);
    }

    @Override
    public void restrict(String relation, String attribute, long from, long to) {
        index(read(relation), relation, attribute);
        ranges.put(relation, new Range(attribute, from, to));
    }

    @Override
    public void unrestrict(String relation) {
        ranges.remove(relation);
    }

    @Override
    public void close() {}

    private static int index(Relation data, String relation, String attribute) {
        int index = data.attributes().indexOf(Attribute.integer(attribute));
        if (index < 0) {
            throw new AlgebraException(
                    "key.unknown",
                    "relation " + relation,
                    "no integer key attribute \"" + attribute + "\"",
                    "there are " + data.attributes());
        }
        return index;
    }

    private Map<String, Relation> visible() {
        Map<String, Relation> visible = new HashMap<>(relations);
        ranges.forEach((name, range) -> {
            Relation data = read(name);
            int index = index(data, name, range.attribute);
            TreeMap<Key, Tensor> tuples = new TreeMap<>(data.tuples());
            tuples.keySet().removeIf(key -> {
                long value = (Long) key.value(index);
                return value < range.from || value >= range.to;
            });
            visible.put(name, new Relation(data.attributes(), data.shape(), tuples));
        });
        return visible;
    }

    private final class Run implements Program {
        private final Map<String, RelExpr> outputs;
        private final Map<String, Relation> results = new HashMap<>();

        Run(Map<String, RelExpr> outputs) {
            this.outputs = outputs;
        }

        @Override
        public void run(Settings settings) {
            Reference reference = new Reference(visible(), settings);
            outputs.forEach((name, expression) -> results.put(name, reference.run(expression)));
        }

        @Override
        public Relation output(String name) {
            Relation result = results.get(name);
            if (result == null) {
                throw new AlgebraException(
                        "output.missing", "output " + name, "the program has not computed it", "run it first");
            }
            return result;
        }

        @Override
        public void keep(String output, String relation) {
            bind(relation, output(output));
            results.remove(output);
        }

        @Override
        public String explain() {
            StringBuilder text = new StringBuilder();
            outputs.forEach((name, expression) ->
                    text.append(name).append(":\n").append(expression.explain()).append('\n'));
            return text.toString();
        }

        @Override
        public void close() {}
    }
}
