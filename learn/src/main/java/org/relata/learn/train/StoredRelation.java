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
import org.relata.algebra.run.RowReader;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

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

    /// A relation of a runner, from where it stands if it keeps rows. Otherwise it is bound anew, in the order in which
    /// it
    /// is written.
    static void write(DataOutputStream out, String name, Runner runner) throws IOException {
        if (runner.keepsRows()) {
            Shape shape = runner.shape(name);
            try {
                if (runner.look(name, rows -> written(out, rows, shape))) {
                    return;
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
        Relation relation = runner.read(name);
        write(out, relation);
        runner.bind(name, relation);
    }

    /// Writes rows, unless a key is a text.
    private static boolean written(DataOutputStream out, RowReader rows, Shape shape) {
        Head head = new Head(rows.attributes(), shape, !rows.single(), rows.count());
        if (!head.integers()) {
            return false;
        }
        try {
            head.write(out);
            for (int row = 0; row < rows.count(); row++) {
                for (int attribute = 0; attribute < head.attributes.size(); attribute++) {
                    out.writeLong(rows.key(attribute, row));
                }
                for (int element = 0; element < rows.width(); element++) {
                    double number = rows.number(row, element);
                    if (head.wide) {
                        out.writeLong(Double.doubleToRawLongBits(number));
                    } else {
                        out.writeInt(Float.floatToRawIntBits((float) number));
                    }
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /// Gives one to a runner, under a name, in the order of the file.
    static void bind(DataInputStream in, String name, Runner runner) throws IOException {
        in.mark(1 << 12);
        Head head = Head.read(in);
        if (!head.integers()) {
            in.reset();
            runner.bind(name, read(in));
            return;
        }
        List<String> keys = head.attributes.stream().map(Attribute::name).toList();
        runner.bindRows(name, keys, head.rows, head.shape, rows -> {
            try {
                for (int row = 0; row < head.rows; row++) {
                    for (int attribute = 0; attribute < keys.size(); attribute++) {
                        rows.key(attribute, row, in.readLong());
                    }
                    for (int element = 0; element < rows.width(); element++) {
                        rows.number(row, element, head.number(in));
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
