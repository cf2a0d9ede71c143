package org.relata.learn.train;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;
import org.relata.engine.EngineRunner;
import org.relata.engine.keys.Column;
import org.relata.engine.memory.Precision;

/// A relation in a file: its attributes, the shape of a value, how many bytes a number has, and row by row the key and
/// the numbers.
final class StoredRelation {
    private StoredRelation() {}

    /// What stands before the rows.
    private record Head(List<Attribute> attributes, Shape shape, boolean wide, int rows) {
        static Head read(DataInputStream in) throws IOException {
            List<Attribute> attributes = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                String name = text(in);
                attributes.add(in.readByte() == 0 ? Attribute.integer(name) : Attribute.text(name));
            }
            int[] extents = new int[in.readInt()];
            for (int axis = 0; axis < extents.length; axis++) {
                extents[axis] = in.readInt();
            }
            return new Head(attributes, Shape.of(extents), in.readBoolean(), in.readInt());
        }

        void write(DataOutputStream out) throws IOException {
            out.writeInt(attributes.size());
            for (Attribute attribute : attributes) {
                text(out, attribute.name());
                out.writeByte(attribute.domain().ordinal());
            }
            out.writeInt(shape.rank());
            for (int extent : shape.extents()) {
                out.writeInt(extent);
            }
            out.writeBoolean(wide);
            out.writeInt(rows);
        }

        /// Whether the engine can take rows as they come.
        boolean integers() {
            return attributes.stream().allMatch(each -> each.domain() == Attribute.Domain.INTEGER);
        }

        double number(DataInputStream in) throws IOException {
            return wide ? Double.longBitsToDouble(in.readLong()) : Float.intBitsToFloat(in.readInt());
        }
    }

    static void write(DataOutputStream out, Relation relation) throws IOException {
        new Head(relation.attributes(), relation.shape(), true, relation.size()).write(out);
        for (Map.Entry<Key, Tensor> tuple : relation.tuples().entrySet()) {
            for (Object value : tuple.getKey().values()) {
                if (value instanceof Long number) {
                    out.writeLong(number);
                } else {
                    text(out, value.toString());
                }
            }
            for (double number : tuple.getValue().toArray()) {
                out.writeLong(Double.doubleToRawLongBits(number));
            }
        }
    }

    /// A relation of the engine, from where it stands.
    static void write(DataOutputStream out, String name, EngineRunner engine) throws IOException {
        Shape shape = engine.shape(name);
        boolean texts = engine.look(name, (keys, _) -> !new Head(keys.attributes(), shape, true, 0).integers());
        if (texts) {
            Relation relation = engine.read(name);
            write(out, relation);
            engine.bind(name, relation);
            return;
        }
        engine.look(name, (keys, values) -> {
            boolean wide = values.precision() == Precision.FLOAT64;
            try {
                new Head(keys.attributes(), shape, wide, keys.rows()).write(out);
                for (int row = 0; row < keys.rows(); row++) {
                    for (Column column : keys.columns()) {
                        out.writeLong(column.at(row));
                    }
                    for (int element = 0; element < values.width(); element++) {
                        double number = values.get(row, element);
                        if (wide) {
                            out.writeLong(Double.doubleToRawLongBits(number));
                        } else {
                            out.writeInt(Float.floatToRawIntBits((float) number));
                        }
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return keys.rows();
        });
    }

    static Relation read(DataInputStream in) throws IOException {
        Head head = Head.read(in);
        TreeMap<Key, Tensor> tuples = new TreeMap<>();
        for (int left = head.rows; left > 0; left--) {
            List<Object> key = new ArrayList<>();
            for (Attribute attribute : head.attributes) {
                key.add(attribute.domain() == Attribute.Domain.INTEGER ? (Object) in.readLong() : text(in));
            }
            double[] numbers = new double[head.shape.size()];
            for (int position = 0; position < numbers.length; position++) {
                numbers[position] = head.number(in);
            }
            tuples.put(new Key(key), Tensor.of(head.shape, numbers));
        }
        return new Relation(head.attributes, head.shape, tuples);
    }

    /// Leaves one out.
    static void skip(DataInputStream in) throws IOException {
        Head head = Head.read(in);
        long values = (long) head.shape.size() * (head.wide ? Long.BYTES : Integer.BYTES);
        if (head.integers()) {
            in.skipNBytes(head.rows * (values + (long) head.attributes.size() * Long.BYTES));
            return;
        }
        for (int left = head.rows; left > 0; left--) {
            for (Attribute attribute : head.attributes) {
                in.skipNBytes(attribute.domain() == Attribute.Domain.INTEGER ? Long.BYTES : in.readInt());
            }
            in.skipNBytes(values);
        }
    }

    /// Gives one to the engine, under a name, in the order of the file.
    static void bind(DataInputStream in, String name, EngineRunner engine) throws IOException {
        in.mark(1 << 12);
        Head head = Head.read(in);
        if (!head.integers()) {
            in.reset();
            engine.bind(name, read(in));
            return;
        }
        List<String> keys = head.attributes.stream().map(Attribute::name).toList();
        engine.bindBulk(name, keys, head.rows, head.shape, (columns, values) -> {
            try {
                for (int row = 0; row < head.rows; row++) {
                    for (int column = 0; column < columns.size(); column++) {
                        columns.get(column).set(row, in.readLong());
                    }
                    for (int element = 0; element < values.width(); element++) {
                        values.set(row, element, head.number(in));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String text(DataInputStream in) throws IOException {
        byte[] bytes = in.readNBytes(in.readInt());
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
