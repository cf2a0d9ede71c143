package org.relata.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The model files that `docs/how-to/model-files.md` lists, each in its folder of `examples` and on its page of
/// `docs/examples`.
enum ModelExample {
    LOGISTIC_REGRESSION(4),
    STAR_REGRESSION(50),
    PERCEPTRON(10),
    MATRIX_PRODUCT(25),
    GRAPH_CONVOLUTION(5),
    MATRIX_FACTORISATION(30),
    TRANSE(6),
    ATTENTION(20);

    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /// How many times smaller the command on the page makes the loss, at least.
    private final double factor;

    ModelExample(double factor) {
        this.factor = factor;
    }

    double factor() {
        return factor;
    }

    Path folder() {
        return ROOT.resolve("examples").resolve(name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    Path model() {
        return folder().resolve("model.sql");
    }

    /// A new database with the example's data.
    Path database(Path file) throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(folder().resolve("data.sql")));
        }
        return file;
    }

    String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/examples/" + this + ".md"));
    }

    /// The command on the page that trains the model, on another database.
    List<String> training(Path database) throws IOException {
        String start = "./relata train examples/" + folder().getFileName() + "/model.sql --db ";
        String line = page().lines()
                .filter(each -> each.startsWith(start))
                .findFirst()
                .orElseThrow();
        List<String> words = new ArrayList<>(Arrays.asList(line.split(" ")));
        words.removeFirst();
        words.set(1, model().toString());
        words.set(words.indexOf("--db") + 1, database.toString());
        return words;
    }

    @Override
    public String toString() {
        return String.valueOf(folder().getFileName());
    }
}
