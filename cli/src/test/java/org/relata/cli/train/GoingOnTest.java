package org.relata.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.algebra.value.AlgebraException;
import org.relata.database.Progress;
import org.relata.learn.model.FactorSettings;
import org.relata.learn.model.GcnSettings;
import org.relata.learn.model.NeighbourBatches;
import org.relata.learn.train.Optimizer;

/// Trainings of models that Relata brings along, which end in the middle of a step as at a `kill -9`, and the same
/// trainings afterwards.
class GoingOnTest {
    private static final GcnSettings GCN =
            new GcnSettings(4, true, 0.2, 0.3, 1e-3, 0.1, 3, Optional.of(new NeighbourBatches(1, 2, 2)));
    private static final FactorSettings FACTORS = new FactorSettings(2, false, false, new Optimizer.Adam(0.1), 8);

    @TempDir
    private static Path folder;

    /// The end of a process that has no time to tidy up.
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    @BeforeAll
    static void data() throws IOException {
        Path graph = Files.createDirectories(folder.resolve("graph"));
        Files.writeString(
                graph.resolve("nodes.csv"), "id,label,split\na,up,train\nb,up,val\nc,down,train\nd,down,test\n");
        Files.writeString(graph.resolve("edges.csv"), "src,dst\na,b\nb,c\nc,d\n");
        Files.writeString(graph.resolve("features.csv"), "id,word\na,0\nb,0\nc,1\nd,2\n");
        Files.writeString(folder.resolve("pairs.csv"), "i,j,v\n1,2,0.5\n2,3,0.25\n3,1,0.5\n");
    }

    @Test
    void graphConvolutionsEndWithTheNumbersOfGoingThrough() throws Exception {
        // The third of six steps of the second seed, in the middle of an epoch.
        goesOn("graph", 9, request -> new GcnRun(request, GCN, 2), "w1", "w2", "predictions");
    }

    @Test
    void factorisationsEndWithTheNumbersOfGoingThrough() throws Exception {
        goesOn("pairs.csv", 5, request -> new NnmfRun(request, FACTORS), "factor");
    }

    private static void goesOn(
            String data, int killedAfter, Function<ModelRequest, ModelRun<?>> model, String... tables)
            throws Exception {
        Path through = folder.resolve(data + "-through.duckdb");
        Path killed = folder.resolve(data + "-killed.duckdb");
        assertTrue(model.apply(request(data, through, 0, Long.MAX_VALUE)).run().isPresent());
        ModelRun<?> first = model.apply(request(data, killed, 0, killedAfter));
        assertThrows(Killed.class, first::run);
        assertFalse(Files.exists(killed), "nothing is in sight before the end");
        assertFalse(beside(killed).isEmpty(), "what it takes to go on is kept");
        Steps steps = new Steps(Long.MAX_VALUE);
        assertTrue(model.apply(request(data, killed, 0, steps)).run().isPresent());
        assertTrue(steps.notes.stream().anyMatch(note -> note.startsWith("going on from step ")), "it went on");
        for (String table : tables) {
            assertEquals(rows(through, table), rows(killed, table), table);
        }
        assertEquals(List.of(), beside(killed), "what is finished needs no state");
    }

    @Test
    void aStateOfAnotherRunIsRefusedWithWhatDiffers() throws IOException {
        Path out = folder.resolve("other.duckdb");
        ModelRun<?> first = new NnmfRun(request("pairs.csv", out, 0, 5), FACTORS);
        assertThrows(Killed.class, first::run);
        FactorSettings wider = new FactorSettings(3, false, false, new Optimizer.Adam(0.2), 8);
        assertRefused(
                "the saved state: it is of an unfinished run with --dim 2, not 3, and with --lr 0.1, not 0.2, and with"
                        + " --seed 0, not 1; give its options to go on from it, or start afresh",
                new NnmfRun(request("pairs.csv", out, 1, Long.MAX_VALUE), wider));
        Path others = Files.writeString(folder.resolve("others.csv"), "i,j,v\n1,2,0.5\n2,3,0.25\n3,1,0.75\n");
        String message = assertThrows(
                        AlgebraException.class,
                        new NnmfRun(request(others.getFileName().toString(), out, 0, Long.MAX_VALUE), FACTORS)::run)
                .getMessage();
        assertTrue(
                String.valueOf(message).startsWith("the saved state: it is of an unfinished run with data checksum "),
                message);
    }

    @Test
    void aDamagedStateIsNamed() throws IOException {
        Path out = folder.resolve("damaged.duckdb");
        ModelRun<?> first = new NnmfRun(request("pairs.csv", out, 0, 5), FACTORS);
        assertThrows(Killed.class, first::run);
        Path state = folder.resolve("damaged.duckdb.training");
        byte[] whole = Files.readAllBytes(state);
        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 1;
        ModelRun<?> again = new NnmfRun(request("pairs.csv", out, 0, Long.MAX_VALUE), FACTORS);
        Files.write(state, flipped);
        assertRefused(state + ": its checksum is wrong; start afresh", again);
        Files.write(state, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertRefused(state + ": its checksum is wrong; start afresh", again);
    }

    private static void assertRefused(String message, ModelRun<?> run) {
        assertEquals(message, assertThrows(AlgebraException.class, run::run).getMessage());
    }

    private static ModelRequest request(String data, Path out, long seed, long killedAfter) {
        return request(data, out, seed, new Steps(killedAfter));
    }

    private static ModelRequest request(String data, Path out, long seed, Progress progress) {
        return new ModelRequest(
                folder.resolve(data), "engine", 2, 64L << 20, seed, 0, 2, Optional.of(out), false, progress);
    }

    /// Counts the steps of all trainings, and ends the process in one of them.
    private static final class Steps implements Progress {
        private final List<String> notes = new ArrayList<>();
        private final long last;
        private long steps;

        Steps(long last) {
            this.last = last;
        }

        @Override
        public void begin(String stage, long count) {}

        @Override
        public void done(long done) {
            if (++steps > last) {
                throw new Killed();
            }
        }

        @Override
        public void note(String message) {
            notes.add(message);
        }
    }

    private static List<String> beside(Path out) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(out.getFileName() + "."))
                    .toList();
        }
    }

    private static List<String> rows(Path file, String table) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT CAST(t AS VARCHAR) FROM " + table + " t ORDER BY 1")) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        }
        assertFalse(rows.isEmpty());
        return rows;
    }
}
