package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;
import org.relata.sql.layout.Layout;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;

/// Runs the text that `grad` prints, statement by statement, as a person would paste it.
final class PrintedGradient {
    private PrintedGradient() {}

    /// The gradients by the relations that they belong to.
    ///
    /// @param layout in which the text was written
    static Map<String, Relation> run(String text, Model model, Layout layout, Connection connection)
            throws SQLException {
        Map<String, Relation> gradients = new LinkedHashMap<>();
        for (String each : text.split(";\\s*")) {
            try (Statement statement = connection.createStatement()) {
                if (!statement.execute(each) || each.startsWith("CREATE TEMPORARY ")) {
                    continue;
                }
                String name = each.startsWith("-- d_")
                        ? each.substring("-- d_".length(), each.indexOf('\n'))
                        : model.parameters().getFirst().relation();
                Input input = model.parameters().stream()
                        .filter(parameter -> parameter.relation().equals(name))
                        .findFirst()
                        .orElseThrow();
                gradients.put(name, relation(statement.getResultSet(), input, layout));
            }
        }
        return gradients;
    }

    private static Relation relation(ResultSet rows, Input input, Layout layout) throws SQLException {
        List<Attribute> attributes = input.scan().type().key();
        Shape shape = input.scan().type().shape();
        List<Integer> axes = layout.axes(shape);
        Map<Key, double[]> read = new TreeMap<>();
        while (rows.next()) {
            List<Object> key = new ArrayList<>();
            for (Attribute attribute : attributes) {
                key.add(
                        attribute.domain() == Attribute.Domain.INTEGER
                                ? (Object) rows.getLong(key.size() + 1)
                                : rows.getString(key.size() + 1));
            }
            int column = attributes.size() + 1;
            int position = 0;
            for (int extent : axes) {
                position = position * extent + rows.getInt(column++);
            }
            double[] numbers = read.computeIfAbsent(new Key(key), absent -> unknown(shape));
            for (int element = 0; element < layout.columns(shape); element++) {
                if (!Double.isNaN(numbers[position + element])) {
                    throw new AssertionError("two rows of key " + key);
                }
                numbers[position + element] = rows.getDouble(column++);
            }
        }
        TreeMap<Key, Tensor> tuples = new TreeMap<>();
        read.forEach((key, numbers) -> tuples.put(key, Tensor.of(shape, numbers)));
        return new Relation(attributes, shape, tuples);
    }

    private static double[] unknown(Shape shape) {
        double[] numbers = new double[shape.size()];
        Arrays.fill(numbers, Double.NaN);
        return numbers;
    }

    /// Fails unless two gradients have the same keys and, but for rounding, the same numbers.
    static void agree(String name, Relation expected, Relation actual) {
        assertTrue(expected.size() > 0, name);
        assertEquals(expected.tuples().keySet(), actual.tuples().keySet(), name);
        for (Map.Entry<Key, Tensor> tuple : expected.tuples().entrySet()) {
            double[] numbers = tuple.getValue().toArray();
            double size = 1;
            for (double each : numbers) {
                size = Math.max(size, Math.abs(each));
            }
            assertArrayEquals(
                    numbers,
                    actual.get(tuple.getKey()).orElseThrow().toArray(),
                    1e-9 * size,
                    name + " at " + tuple.getKey());
        }
    }
}
