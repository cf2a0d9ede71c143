package org.relata.sql.run;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.relata.algebra.run.TrainingState;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// A state in tables of the database, in DuckDB or PostgreSQL, replaced in one transaction.
///
/// `relata_state_<model>` says what there is: the progress, and for each relation its name, key attributes and shape.
/// The tuples of relation n are in `relata_state_<model>_<n>`: key columns `k0`, `k1`, … and the value `v`, a number or
/// an array of them, last axis fastest.
public final class JdbcState implements TrainingState {
    private static final int LONGEST = 30;

    private final JdbcRows rows;
    private final String table;

    /// The state of a model, by the model's name, over an open connection that stays the caller's.
    public JdbcState(Connection connection, String model) {
        this.rows = new JdbcRows(connection);
        this.table = "relata_state_" + slug(model);
    }

    /// The name of the table that says what there is.
    public String table() {
        return table;
    }

    @Override
    public Optional<Saved> load() {
        if (!exists()) {
            return Optional.empty();
        }
        List<String> progress = new ArrayList<>();
        NavigableMap<Integer, Description> found = new TreeMap<>();
        rows.query("SELECT n, what, content FROM " + table + " ORDER BY n, position", row -> {
            String content = String.valueOf(row.getString(3));
            Description description = found.computeIfAbsent(row.getInt(1), n -> new Description());
            switch (String.valueOf(row.getString(2))) {
                case "progress" -> {
                    progress.add(content);
                    found.remove(row.getInt(1));
                }
                case "relation" -> description.name = content;
                case "integer" -> description.key.add(Attribute.integer(content));
                case "text" -> description.key.add(Attribute.text(content));
                case "shape" -> description.shape = shape(content);
                // Text from a table that anyone may have changed.
                default -> throw damaged();
            }
            return content;
        });
        if (progress.size() != 1) {
            throw damaged();
        }
        Map<String, Relation> relations = new LinkedHashMap<>();
        found.forEach((n, description) -> relations.put(description.name, read(n, description)));
        return Optional.of(new Saved(progress.getFirst(), relations));
    }

    @Override
    public void save(Saved saved) {
        rows.together(() -> {
            drop();
            rows.execute("CREATE TABLE " + table + " (n INTEGER, position INTEGER, what VARCHAR(20), content "
                    + (rows.duck() ? "VARCHAR" : "TEXT") + ")");
            try (PreparedStatement insert =
                    rows.connection().prepareStatement("INSERT INTO " + table + " VALUES (?, ?, ?, ?)")) {
                describe(insert, 0, List.of("progress"), List.of(saved.progress()));
                int n = 0;
                for (Map.Entry<String, Relation> each : saved.relations().entrySet()) {
                    n++;
                    Relation relation = each.getValue();
                    List<String> what = new ArrayList<>(List.of("relation", "shape"));
                    List<String> content = new ArrayList<>(List.of(each.getKey(), text(relation.shape())));
                    for (Attribute attribute : relation.attributes()) {
                        what.add(attribute.domain().name().toLowerCase(Locale.ROOT));
                        content.add(attribute.name());
                    }
                    describe(insert, n, what, content);
                }
                insert.executeBatch();
            }
            int n = 0;
            for (Relation relation : saved.relations().values()) {
                String part = table + "_" + ++n;
                rows.execute(
                        "CREATE TABLE " + part + " (" + rows.columns(relation.attributes(), relation.shape()) + ")");
                rows.insert(part, relation);
            }
        });
    }

    @Override
    public void clear() {
        rows.together(this::drop);
    }

    private static void describe(PreparedStatement insert, int n, List<String> what, List<String> content)
            throws SQLException {
        for (int position = 0; position < what.size(); position++) {
            insert.setInt(1, n);
            insert.setInt(2, position);
            insert.setString(3, what.get(position));
            insert.setString(4, content.get(position));
            insert.addBatch();
        }
    }

    private void drop() {
        if (exists()) {
            List<Integer> parts =
                    rows.query("SELECT DISTINCT n FROM " + table + " WHERE n > 0 ORDER BY n", row -> row.getInt(1));
            parts.forEach(n -> rows.execute("DROP TABLE IF EXISTS " + table + "_" + n));
            rows.execute("DROP TABLE " + table);
        }
    }

    private boolean exists() {
        return !rows.query(
                        "SELECT 1 FROM information_schema.tables WHERE table_name = ? AND table_schema ="
                                + " current_schema()",
                        row -> row.getInt(1),
                        table)
                .isEmpty();
    }

    /// What is known of a saved relation.
    private static final class Description {
        private String name = "";
        private final List<Attribute> key = new ArrayList<>();
        private Shape shape = Shape.SCALAR;
    }

    private Relation read(int n, Description description) {
        NavigableMap<Key, Tensor> tuples = new TreeMap<>();
        rows.query("SELECT * FROM " + table + "_" + n, row -> {
            List<Object> key = new ArrayList<>();
            for (int index = 0; index < description.key.size(); index++) {
                key.add(
                        description.key.get(index).domain() == Attribute.Domain.INTEGER
                                ? (Object) row.getLong(index + 1)
                                : String.valueOf(row.getString(index + 1)));
            }
            List<Double> numbers = new ArrayList<>();
            Object value = row.getObject(description.key.size() + 1);
            if (value == null) {
                throw damaged();
            }
            JdbcRows.flatten(value, numbers);
            return tuples.put(
                    new Key(key),
                    Tensor.of(
                            description.shape,
                            numbers.stream().mapToDouble(Double::doubleValue).toArray()));
        });
        return new Relation(description.key, description.shape, tuples);
    }

    private static String text(Shape shape) {
        return String.join(",", shape.extents().stream().map(String::valueOf).toList());
    }

    private static Shape shape(String text) {
        return text.isEmpty()
                ? Shape.SCALAR
                : new Shape(
                        List.of(text.split(",")).stream().map(Integer::valueOf).toList());
    }

    private AlgebraException damaged() {
        return new AlgebraException("state.damaged", "table " + table, "it is no saved state", "start afresh");
    }

    /// The model's name as part of a table's: what had to be changed or cut is told apart by a checksum.
    private static String slug(String model) {
        String plain = model.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        if (plain.equals(model) && plain.length() <= LONGEST && !plain.isEmpty()) {
            return plain;
        }
        CRC32 sum = new CRC32();
        sum.update(model.getBytes(StandardCharsets.UTF_8));
        return plain.substring(0, Math.min(plain.length(), LONGEST)) + "_" + Long.toHexString(sum.getValue());
    }
}
