package org.relata.cli;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Tensor;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;

/// Runs the text that `grad` prints, statement by statement, as a person would paste it.
final class PrintedGradient {
    private PrintedGradient() {}

    /// The gradients by the relations that they belong to.
    static Map<String, Relation> run(String text, Model model, Connection connection) throws SQLException {
        Map<String, Relation> gradients = new LinkedHashMap<>();
        for (String each : text.split(";\\s*")) {
            try (Statement statement = connection.createStatement()) {
                if (!statement.execute(each) || each.contains("CREATE TEMPORARY TABLE")) {
                    continue;
                }
                String name = each.startsWith("-- d_")
                        ? each.substring("-- d_".length(), each.indexOf('\n'))
                        : model.parameters().getFirst().relation();
                Input input = model.parameters().stream()
                        .filter(parameter -> parameter.relation().equals(name))
                        .findFirst()
                        .orElseThrow();
                gradients.put(name, relation(statement.getResultSet(), input));
            }
        }
        return gradients;
    }

    private static Relation relation(ResultSet rows, Input input) throws SQLException {
        List<Attribute> attributes = input.scan().type().key();
        TreeMap<Key, Tensor> tuples = new TreeMap<>();
        while (rows.next()) {
            List<Object> key = new ArrayList<>();
            for (Attribute attribute : attributes) {
                key.add(
                        attribute.domain() == Attribute.Domain.INTEGER
                                ? (Object) rows.getLong(key.size() + 1)
                                : rows.getString(key.size() + 1));
            }
            double[] numbers = new double[input.scan().type().shape().size()];
            for (int element = 0; element < numbers.length; element++) {
                numbers[element] = rows.getDouble(attributes.size() + element + 1);
            }
            if (tuples.put(new Key(key), Tensor.of(input.scan().type().shape(), numbers)) != null) {
                throw new AssertionError("two rows of key " + key);
            }
        }
        return new Relation(attributes, input.scan().type().shape(), tuples);
    }
}
