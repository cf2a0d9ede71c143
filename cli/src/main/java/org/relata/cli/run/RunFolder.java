package org.relata.cli.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.relata.database.RelataException;

/// The folder of one run, held by this process until it is closed.
///
/// While the run is under way everything lies in `.work/`: checkpoints that a later process goes on from, and the
/// results as they are written. [#publish()] moves the results out in one go, `metrics.json` last: a folder with that
/// file is a finished run, any other is not, so nothing half-written is ever taken for a result.
public final class RunFolder implements AutoCloseable {
    /// The file that marks a finished run.
    public static final String FINISHED = "metrics.json";

    /// Where run folders go that were not given a name.
    public static final Path RUNS = Path.of("relata-runs");

    private static final String WORK = ".work";
    private static final String STAMP = "request";
    private static final String STORE = "store.duckdb";

    private final Path folder;
    private final FileChannel channel;
    private final boolean created;

    private RunFolder(Path folder, FileChannel channel, boolean created) {
        this.folder = folder;
        this.channel = channel;
        this.created = created;
    }

    /// Takes hold of a folder, creating it if need be.
    ///
    /// @param folder the folder
    /// @param overwrite whether a finished run in it may be replaced
    /// @throws RelataException when it holds a finished run or other files, cannot be written, or another process has
    /// it
    public static RunFolder open(Path folder, boolean overwrite) {
        boolean created = Files.notExists(folder);
        try {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw RelataException.usage("run.file", folder.toString(), "it is a file", "name a folder with --out");
            }
            if (isFinished(folder) && !overwrite) {
                throw RelataException.usage(
                        "run.finished",
                        folder.toString(),
                        "it holds a finished run",
                        "name another folder with --out, or replace it with --force");
            }
            if (!created && !isFinished(folder) && !Files.isDirectory(folder.resolve(WORK)) && !isEmpty(folder)) {
                throw RelataException.usage(
                        "run.occupied",
                        folder.toString(),
                        "it holds files that are no run of Relata",
                        "name a new or empty folder with --out");
            }
            Files.createDirectories(folder.resolve(WORK));
            return new RunFolder(folder, lock(folder), created);
        } catch (FileAlreadyExistsException e) {
            throw RelataException.usage(
                            "run.file", e.getFile(), "it is a file where a folder is needed", "choose another --out")
                    .causedBy(e);
        } catch (AccessDeniedException e) {
            throw RelataException.usage(
                            "run.unwritable", folder.toString(), "it cannot be written", "choose another --out")
                    .causedBy(e);
        } catch (IOException e) {
            throw RelataException.failure(
                            "run.unwritable",
                            folder.toString(),
                            "it cannot be written: " + reason(e),
                            "choose another --out")
                    .causedBy(e);
        }
    }

    /// The folder for a run that was not told where to go: the first of `parent/name-1`, `parent/name-2`, … that is new
    /// or holds an unfinished run with the same stamp, so that the same command goes on where it was interrupted.
    ///
    /// @param inputs what the run is, as [#begin(String, String)] will be told
    public static Path choose(Path parent, String name, String inputs) {
        for (int number = 1; ; number++) {
            Path folder = parent.resolve(name + "-" + number);
            if (Files.notExists(folder)
                    || (!isFinished(folder)
                            && stampOf(folder).filter(s -> s.startsWith(inputs)).isPresent())) {
                return folder;
            }
        }
    }

    /// Whether a folder holds a finished run.
    public static boolean isFinished(Path folder) {
        return Files.isRegularFile(folder.resolve(FINISHED));
    }

    /// The finished run below a folder that ended last, if there is one.
    public static Optional<Path> latest(Path parent) {
        if (!Files.isDirectory(parent)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.filter(RunFolder::isFinished)
                    .max(Comparator.comparingLong(
                                    (Path f) -> f.resolve(FINISHED).toFile().lastModified())
                            .thenComparing(Comparator.naturalOrder()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// The folder.
    public Path folder() {
        return folder;
    }

    /// Where checkpoints and temporary files go.
    public Path work() {
        return folder.resolve(WORK);
    }

    /// Where the database's store goes. What an interrupted run left of one is deleted.
    ///
    /// @throws IOException when an older one cannot be deleted
    public Path freshStore() throws IOException {
        deleteStore();
        return work().resolve(STORE);
    }

    /// Where results are written before they are published; emptied by [#begin(String, String)].
    public Path results() {
        return work().resolve("results");
    }

    /// Where the fit keeps its checkpoints.
    public Path checkpoints() {
        return work().resolve("fit");
    }

    /// Starts or goes on: checkpoints of a run with the same inputs and data stay, those of any other are deleted.
    ///
    /// @param inputs a text that is equal for two runs only if they were asked for the same
    /// @param fingerprint the fingerprint of the data
    /// @return whether checkpoints of an interrupted run are there
    /// @throws IOException when the folder cannot be written
    public boolean begin(String inputs, String fingerprint) throws IOException {
        String stamp = inputs + "\n" + fingerprint;
        boolean same = stampOf(folder).equals(Optional.of(stamp));
        deleteTree(results());
        if (!same) {
            deleteTree(checkpoints());
            writeAside(work().resolve(STAMP), stamp);
        }
        Files.createDirectories(results());
        boolean resumes = same && Files.isDirectory(checkpoints()) && !isEmpty(checkpoints());
        Files.createDirectories(checkpoints());
        return resumes;
    }

    /// Moves the results out, the file that marks a finished run last, and deletes the rest.
    ///
    /// @throws IOException when a file cannot be moved; the run then still counts as unfinished
    public void publish() throws IOException {
        Files.deleteIfExists(folder.resolve(FINISHED));
        List<Path> results;
        try (Stream<Path> files = Files.list(results())) {
            results = files.sorted(Comparator.comparing(f -> f.endsWith(FINISHED)))
                    .toList();
        }
        for (Path result : results) {
            Path target = folder.resolve(result.getFileName());
            if (Files.isDirectory(target)) {
                deleteTree(target);
            }
            Files.move(result, target, StandardCopyOption.ATOMIC_MOVE);
        }
        channel.close();
        deleteTree(work());
    }

    /// Deletes what is half-written and the store but keeps the checkpoints.
    public void abandonResults() {
        try {
            deleteTree(results());
            deleteStore();
        } catch (IOException _) {
            // The next run in this folder deletes it first thing.
        }
    }

    /// Deletes the folder if this run created it and left no checkpoint worth keeping, as when the input was wrong.
    ///
    /// @throws IOException when it cannot be deleted
    public void discardIfUseless() throws IOException {
        boolean empty = !Files.isDirectory(checkpoints()) || isEmpty(checkpoints());
        if (empty && !isFinished(folder)) {
            channel.close();
            deleteTree(work());
            if (created && isEmpty(folder)) {
                Files.delete(folder);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /// Deletes a folder with everything in it, if it is there.
    ///
    /// @throws IOException when something in it cannot be deleted
    public static void deleteTree(Path root) throws IOException {
        if (Files.notExists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void deleteStore() throws IOException {
        try (Stream<Path> files = Files.list(work())) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith(STORE))
                    .toList()) {
                deleteTree(file);
            }
        }
    }

    private static Optional<String> stampOf(Path folder) {
        try {
            return Optional.of(Files.readString(folder.resolve(WORK).resolve(STAMP)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve(WORK).resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        Optional<FileLock> lock;
        try {
            lock = Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException _) {
            lock = Optional.empty();
        }
        if (lock.isEmpty()) {
            channel.close();
            throw RelataException.usage(
                    "run.locked",
                    folder.toString(),
                    "another process is at work in it",
                    "wait for it or choose another --out");
        }
        return channel;
    }

    private static void writeAside(Path file, String text) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(aside, text);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "the folder above it takes no new folders";
        }
        return e instanceof java.nio.file.FileSystemException file && file.getReason() != null
                ? file.getReason()
                : String.valueOf(e.getMessage());
    }
}
