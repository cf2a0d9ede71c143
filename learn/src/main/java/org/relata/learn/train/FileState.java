package org.relata.learn.train;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.relata.algebra.run.Runner;
import org.relata.algebra.run.TrainingState;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Relation;

/// A state in one file: written aside, forced to the disk, then renamed, with a checksum at its end.
public final class FileState implements TrainingState {
    private static final long MARK = 0x52454C4154413032L; // RELATA02

    private final Path file;

    /// The state in a file, whose folder must exist.
    public FileState(Path file) {
        this.file = file;
    }

    @Override
    public Optional<Saved> load() {
        return read((progress, in) -> {
            Map<String, Relation> relations = new LinkedHashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                relations.put(StoredRelation.text(in), StoredRelation.read(in));
            }
            return new Saved(progress, relations);
        });
    }

    @Override
    public Optional<Resumed> load(Runner runner, Check check) {
        Optional<Resumed> found = read((progress, in) -> {
            Set<String> relations = new LinkedHashSet<>();
            for (int left = in.readInt(); left > 0; left--) {
                relations.add(StoredRelation.text(in));
                StoredRelation.skip(in);
            }
            check.of(progress, relations);
            return new Resumed(progress, relations);
        });
        if (found.isPresent()) {
            read((_, in) -> {
                for (int left = in.readInt(); left > 0; left--) {
                    StoredRelation.bind(in, StoredRelation.text(in), runner);
                }
                return found;
            });
        }
        return found;
    }

    @FunctionalInterface
    private interface Content<T> {
        T of(String progress, DataInputStream in) throws IOException;
    }

    private <T> Optional<T> read(Content<T> content) {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            verify();
            try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
                in.readLong();
                return Optional.of(content.of(StoredRelation.text(in), in));
            }
        } catch (IOException | UncheckedIOException e) {
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
        write(saved.progress(), out -> {
            out.writeInt(saved.relations().size());
            for (Map.Entry<String, Relation> each : saved.relations().entrySet()) {
                StoredRelation.text(out, each.getKey());
                StoredRelation.write(out, each.getValue());
            }
        });
    }

    @Override
    public void save(String progress, Runner runner, Set<String> relations) {
        write(progress, out -> {
            out.writeInt(relations.size());
            for (String each : relations) {
                StoredRelation.text(out, each);
                StoredRelation.write(out, each, runner);
            }
        });
    }

    @FunctionalInterface
    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private void write(String progress, Writing content) {
        Path aside = file.resolveSibling(file.getFileName() + ".part");
        CRC32C sum = new CRC32C();
        try {
            try (FileOutputStream to = new FileOutputStream(aside.toFile());
                    DataOutputStream out =
                            new DataOutputStream(new CheckedOutputStream(new BufferedOutputStream(to), sum))) {
                out.writeLong(MARK);
                StoredRelation.text(out, progress);
                content.to(out);
                out.writeLong(sum.getValue());
                out.flush();
                to.getFD().sync();
            }
            move(aside);
        } catch (IOException | UncheckedIOException e) {
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
}
