package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.cli.Cli.Ran;
import org.relata.sql.model.Model;
import org.relata.sql.parse.ModelParser;
import org.relata.sql.parse.ShapeSource;
import tools.jackson.databind.JsonNode;

/// `relata train gcn`, `kge` and `nnmf`: what they print, write and refuse. How well they learn is a matter of `learn`.
class ModelCommandsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void data() throws IOException {
        Path graph = Files.createDirectories(folder.resolve("graph"));
        Files.writeString(graph.resolve("nodes.csv"), """
                id,label,split
                a,up,train
                b,up,val
                c,up,test
                d,down,train
                e,down,val
                f,down,test
                """);
        Files.writeString(graph.resolve("edges.csv"), "src,dst\na,b\nb,c\nd,e\ne,f\n");
        Files.writeString(graph.resolve("features.csv"), "id,word\na,0\nb,0\nc,1\nd,2\ne,2\nf,3\n");
        Path facts = Files.createDirectories(folder.resolve("facts"));
        Files.writeString(facts.resolve("train.tsv"), "a\tnext\tb\nb\tnext\tc\nc\tnext\td\nd\tnext\te\n");
        Files.writeString(facts.resolve("valid.tsv"), "e\tnext\tf\n");
        Files.writeString(facts.resolve("test.tsv"), "f\tnext\tg\n");
        Files.writeString(folder.resolve("pairs.csv"), "i,j,v\n1,2,0.5\n2,3,0.25\n3,1,0.5\n");
    }

    private Ran train(String model, String data, String... more) {
        List<String> words = new ArrayList<>(
                List.of("train", model, "--data", folder.resolve(data).toString()));
        words.addAll(List.of(more));
        return Cli.run(words.toArray(String[]::new));
    }

    private List<String> rows(Path file, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                ResultSet found = connection.createStatement().executeQuery(query)) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        }
        return rows;
    }

    @Test
    void nodesAreClassified() throws SQLException {
        Path out = folder.resolve("gcn.duckdb");
        Ran ran = train(
                "gcn", "graph", "--epochs", "30", "--lr", "0.1", "--seeds", "2", "--json", "--out", out.toString());
        assertEquals(0, ran.code(), ran.err());
        JsonNode json = ran.json();
        assertEquals(2, json.get("seeds").size());
        assertTrue(json.get("test_mean").asDouble() >= 0.5);
        assertEquals(
                List.of("up", "down"), rows(out, "SELECT label FROM predictions WHERE split = 'test' ORDER BY node"));
        assertEquals(List.of("4"), rows(out, "SELECT count(*) FROM w1"));
        assertEquals(List.of("16"), rows(out, "SELECT len(v) FROM w1 LIMIT 1"));
    }

    @Test
    void linksArePredicted() throws SQLException {
        Path out = folder.resolve("kge.duckdb");
        Ran ran = train(
                "kge",
                "facts",
                "--model",
                "rotate",
                "--dim",
                "4",
                "--epochs",
                "5",
                "--batch",
                "2",
                "--negatives",
                "3",
                "--json",
                "--out",
                out.toString());
        assertEquals(0, ran.code(), ran.err());
        assertEquals(10, ran.json().get("steps").asInt());
        double mrr = ran.json().get("test").get("mrr").asDouble();
        assertTrue(mrr >= 1.0 / 7 && mrr <= 1, () -> "of seven entities: " + mrr);
        assertEquals(List.of("a", "b", "c", "d", "e", "f", "g"), rows(out, "SELECT name FROM entity_name ORDER BY id"));
        assertEquals(List.of("8"), rows(out, "SELECT len(v) FROM entity LIMIT 1"));
        assertFalse(Files.exists(folder.resolve("kge.duckdb.training")), "nothing is left to go on from");
    }

    @Test
    void matricesAreFactorised() throws SQLException {
        Path out = folder.resolve("nnmf.duckdb");
        Ran ran = train("nnmf", "pairs.csv", "--dim", "2", "--epochs", "5", "--out", out.toString());
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().startsWith("3 rows, 3 columns, 3 values."), ran.out());
        assertEquals(List.of("1", "2", "3"), rows(out, "SELECT name FROM factor ORDER BY name"));
        assertEquals(List.of("0"), rows(out, "SELECT count(*) FROM factor WHERE list_min(v) < 0"));
    }

    @Test
    void aDatabaseLearnsWhatTheEngineLearns() {
        String[] options = {"--dim", "2", "--epochs", "5", "--json"};
        List<String> words = new ArrayList<>(List.of(options));
        words.addAll(List.of("--runner", "duckdb"));
        assertEquals(
                train("nnmf", "pairs.csv", options).json().get("loss").asDouble(),
                train("nnmf", "pairs.csv", words.toArray(String[]::new))
                        .json()
                        .get("loss")
                        .asDouble(),
                1e-5);
    }

    @Test
    void theModelIsPrintedAsSqlThatTheParserReads() {
        for (String[] words : new String[][] {
            {"gcn", "graph"},
            {"gcn", "graph", "--batch", "2"},
            {"kge", "facts", "--model", "complex"},
            {"nnmf", "pairs.csv", "--dense"}
        }) {
            List<String> more = new ArrayList<>(List.of(words).subList(2, words.length));
            more.add("--print-model");
            Ran ran = train(words[0], words[1], more.toArray(String[]::new));
            assertEquals(0, ran.code(), ran.err());
            Model model = ModelParser.parse("printed.sql", ran.out(), ShapeSource.none());
            assertFalse(model.parameters().isEmpty(), ran.out());
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        refused("--hidden: 0.0 makes no sense there; give at least 1", train("gcn", "graph", "--hidden", "0"));
        refused(
                "--preset best: there is no such preset; there are citation, large",
                train("gcn", "graph", "--preset", "best"));
        refused(
                "--fan-out 5: it is not a number of neighbours for each of the two layers; write it as 25,10: 25 of each"
                        + " node to classify, 10 of each of those",
                train("gcn", "graph", "--batch", "8", "--fan-out", "5"));
        refused(
                "--fan-out 5,5: a step sees all of the graph; say --batch too",
                train("gcn", "graph", "--fan-out", "5,5"));
        refused(
                "--model transx: there is no such model; there are transe, distmult, complex, rotate, transr",
                train("kge", "facts", "--model", "transx"));
        refused(
                "--runner spark: there is no such runner; there are engine, duckdb, reference",
                train("nnmf", "pairs.csv", "--runner", "spark"));
        refused(
                "--epochs: it is for model files; leave it out, or give it behind the name of the model if it is known"
                        + " there",
                Cli.run(
                        "train",
                        "--epochs",
                        "3",
                        "nnmf",
                        "--data",
                        folder.resolve("pairs.csv").toString()));
        refused("missing required option: '--data=DIR'; see 'relata train gcn --help'", Cli.run("train", "gcn"));
    }

    private static void refused(String message, Ran ran) {
        assertEquals(2, ran.code());
        assertEquals("error: " + message, ran.error());
    }
}
