package org.relata.sql.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relata.algebra.Conformance;
import org.relata.algebra.RelExpr;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.rewrite.Rewrites;
import org.relata.algebra.run.Program;
import org.relata.algebra.run.ReferenceRunner;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.Key;
import org.relata.sql.layout.Layout;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;
import org.relata.sql.write.Dialect;
import org.relata.sql.write.ModelScript;

/// Gradients come out as somebody worked them out by hand, with and without rewriting.
final class GradFilesTest {
    private static final Path FOLDER = Path.of("src/test/resources/grad");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void theReferenceInterpreterAgrees(Path path) throws IOException {
        GradFile file = GradFile.read(path);
        for (Rewrites rewrites : List.of(Rewrites.none(), Rewrites.all())) {
            agrees(file, rewrites, new ReferenceRunner());
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void duckdbAgreesInBothLayouts(Path path) throws IOException, SQLException {
        GradFile file = GradFile.read(path);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            for (Layout layout : Layout.values()) {
                for (Rewrites rewrites : List.of(Rewrites.none(), Rewrites.all())) {
                    agrees(file, rewrites, new SqlRunner(connection, Dialect.DUCKDB, layout));
                }
            }
        }
    }

    private static void agrees(GradFile file, Rewrites rewrites, Runner runner) {
        Model model = file.model();
        List<String> names = model.parameters().stream().map(Input::relation).toList();
        Map<String, RelExpr> outputs =
                ModelScript.gradient(model, names, rewrites).rewritten().outputs();
        try (runner) {
            file.data().forEach(runner::bind);
            try (Program loss = runner.compile(Map.of("loss", model.loss()));
                    Program gradient = runner.compile(outputs)) {
                loss.run(Settings.NONE);
                gradient.run(Settings.NONE);
                assertEquals(
                        file.loss(),
                        loss.output("loss").get(Key.EMPTY).orElseThrow().number(),
                        1e-12);
                for (String name : names) {
                    assertEquals(
                            Optional.empty(),
                            Conformance.difference(file.gradients().get(name), gradient.output("d_" + name), 1e-9),
                            () -> runner.name() + ", " + name + "\n" + gradient.explain());
                }
            }
        }
    }
}
