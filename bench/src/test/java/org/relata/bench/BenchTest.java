package org.relata.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.relata.bench.tensor.TensorCommand;
import picocli.CommandLine;

class BenchTest {
    @Test
    void loadsOfTensorLibrariesAreMeasurementsUnderTheirOwnNames() {
        assertArrayEquals(new String[] {"tensor", "gcn-full-arxiv", "--json"}, Bench.words("gcn-full-arxiv", "--json"));
        assertArrayEquals(new String[] {"tensor", "gcn-mini-arxiv"}, Bench.words("tensor", "gcn-mini-arxiv"));
        assertArrayEquals(new String[] {"star-join"}, Bench.words("star-join"));
        assertArrayEquals(new String[] {}, Bench.words());
    }

    @Test
    void aLoadThatIsNoneIsRefusedWithThoseThatAre() {
        StringWriter said = new StringWriter();
        int code = new CommandLine(new TensorCommand())
                .setErr(new PrintWriter(said, true))
                .execute("gcn");
        assertEquals(2, code);
        String first = said.toString().lines().findFirst().orElse("");
        assertEquals(
                "no load \"gcn\"; there are gcn-full-arxiv, gcn-full-arxiv-plain, gcn-full-products10,"
                        + " gcn-full-products10-plain, gcn-grown-100k, gcn-grown-10m, gcn-grown-1m, gcn-grown-20m,"
                        + " gcn-grown-2m, gcn-grown-50m, gcn-mini-arxiv, gcn-mini-products10, logreg, nnmf-dense-4000,"
                        + " nnmf-dense-5000x4000, nnmf-sparse, transe-own-100, transe-own-200, transe-own-50,"
                        + " transe-shared-100, transe-shared-200, transe-shared-50, transr-own-100,"
                        + " transr-own-200, transr-own-50",
                first);
    }
}
