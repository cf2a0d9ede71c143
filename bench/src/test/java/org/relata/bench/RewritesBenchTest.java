package org.relata.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewritesBenchTest {
    @TempDir
    Path folder;

    @Test
    void programsComputeTheSameWithAndWithoutRewritesAndHandOnFewerRowsWithThem() {
        for (RewritePrograms program : RewritePrograms.all(5)) {
            try (MeasuredDatabase database =
                    MeasuredDatabase.duckdb(folder.resolve(program.name() + ".duckdb"), 256L << 20, 2)) {
                RewritesBench.Result result = RewritesBench.run(database, program, 1);
                assertEquals(List.of(), result.differences());
                RewritesBench.Line all = result.lines().getFirst();
                RewritesBench.Line none = result.lines().getLast();
                assertEquals("none", none.rewrites());
                assertTrue(all.rows() < none.rows(), program.name() + ": " + all.rows() + " and " + none.rows());
            }
        }
    }
}
