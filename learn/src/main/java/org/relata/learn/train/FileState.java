package org.relata.learn.train;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.relata.algebra.run.TrainingState;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// A state in one file: written aside, forced to the disk, then renamed, with a checksum at its end.
public final class FileState implements TrainingState {
    private static final long MARK = 0x52454C4154413031L; // RELATA01

    private final Path file;

    /// The state in a file, whose folder must exist.
    public FileState(Path file) {
        this.file = file;
    }

    @Override
    public Optional<Saved> load() {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            verify();
            try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
                in.readLong();
                String progress = text(in);
                Map<String, Relation> relations = new LinkedHashMap<>();
                for (int left = in.readInt(); left > 0; left--) {
                    relations.put(text(in), relation(in));
                }
                return Optional.of(new Saved(progress, relations));
            }
        } catch (IOException e) {
            throw damaged("it cannot be read (" + e.getMessage() + ")");
        }
    }

    /// Fails unless the file is whole: what it says of lengths is trusted only then.
    private void verify() throws IOException {
        CRC32C sum = new CRC32C();
        long content = Files.size(file) - Long.BYTES;
        try (DataInputStream in =
                new DataInputStream(new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), sum))) {
            if (content < Long.BYTES || in.readLong() != MARK) {
                throw damaged("it is no saved state of this version");
            }
            in.skipNBytes(content - Long.BYTES);
            long counted = sum.getValue();
            if (in.readLong() != counted) {
                throw damaged("its checksum is wrong");
            }
        }
    }

    @Override
    public void save(Saved saved) {
        Path aside = file.resolveSibling(file.getFileName() + ".part");
        CRC32C sum = new CRC32C();
        try {
            try (FileOutputStream to = new FileOutputStream(aside.toFile());
                    DataOutputStream out =
                            new DataOutputStream(new CheckedOutputStream(new BufferedOutputStream(to), sum))) {
                out.writeLong(MARK);
                text(out, saved.progress());
                out.writeInt(saved.relations().size());
                for (Map.Entry<String, Relation> each : saved.relations().entrySet()) {
                    text(out, each.getKey());
                    relation(out, each.getValue());
                }
                out.writeLong(sum.getValue());
                out.flush();
                to.getFD().sync();
            }
            move(aside);
        } catch (IOException e) {
            throw new AlgebraException(
                    "state.write",
                    file.toString(),
                    "the state cannot be saved (" + e.getMessage() + ")",
                    "free some space, or choose another folder");
        }
    }

    @Override
    public void clear() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new AlgebraException(
                    "state.write", file.toString(), "it cannot be deleted (" + e.getMessage() + ")", "delete it");
        }
    }

    private void move(Path aside) throws IOException {
        try {
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException _) {
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private AlgebraException damaged(String problem) {
        return new AlgebraException("state.damaged", file.toString(), problem, "start afresh");
    }

    private static void relation(DataOutputStream out, Relation relation) throws IOException {
        out.writeInt(relation.attributes().size());
        for (Attribute attribute : relation.attributes()) {
            text(out, attribute.name());
            out.writeByte(attribute.domain().ordinal());
        }
        out.writeInt(relation.shape().rank());
        for (int extent : relation.shape().extents()) {
            out.writeInt(extent);
        }
        out.writeInt(relation.size());
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

    private static Relation relation(DataInputStream in) throws IOException {
        List<Attribute> attributes = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = text(in);
            attributes.add(in.readByte() == 0 ? Attribute.integer(name) : Attribute.text(name));
        }
        int[] extents = new int[in.readInt()];
        for (int axis = 0; axis < extents.length; axis++) {
            extents[axis] = in.readInt();
        }
        Shape shape = Shape.of(extents);
        TreeMap<Key, Tensor> tuples = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            List<Object> key = new ArrayList<>();
            for (Attribute attribute : attributes) {
                key.add(attribute.domain() == Attribute.Domain.INTEGER ? (Object) in.readLong() : text(in));
            }
            double[] numbers = new double[shape.size()];
            for (int position = 0; position < numbers.length; position++) {
                numbers[position] = Double.longBitsToDouble(in.readLong());
            }
            tuples.put(new Key(key), Tensor.of(shape, numbers));
        }
        return new Relation(attributes, shape, tuples);
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        byte[] bytes = in.readNBytes(in.readInt());
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
