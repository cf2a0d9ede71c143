package org.relata.learn.model;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Tensor;
import org.relata.learn.train.Optimizer;
import org.relata.learn.train.ParameterInit;
import org.relata.learn.train.Start;
import org.relata.learn.train.Trainer;
import org.relata.learn.train.TrainingOptions;
import org.relata.learn.train.TrainingResult;
import org.relata.learn.train.TrainingResult.Stop;
import org.relata.sql.model.Model;
import org.relata.sql.parse.ModelParser;
import org.relata.sql.parse.ShapeSource;

/// Factorises a matrix into vectors without negative numbers, whose inner products come near its values. The loss is
/// half
/// the mean of the squared differences; negative numbers become zero after each step.
public final class Factorisation implements AutoCloseable {
    /// Rows of a block; a matrix product of two such is long enough to be worth a call.
    private static final int BLOCK = 1000;

    private static final String ROWS = "factor";
    private static final String COLUMNS = "column_factor";

    private final Scratch scratch;
    private final FactorData data;
    private final RowSum rows = new RowSum();
    private final FactorSettings settings;
    private final int block;
    private final Model model;

    private Factorisation(Scratch scratch, FactorData data, FactorSettings settings) {
        this.scratch = scratch;
        this.data = data;
        this.settings = settings;
        int most = Math.max(data.rows(), data.columns());
        // As few blocks as can be, of equal size.
        this.block = Math.ceilDiv(most, Math.ceilDiv(most, BLOCK));
        this.model = ModelParser.parse("nnmf.sql", text(), ShapeSource.none());
    }

    /// Reads pairs and their values.
    public static Factorisation of(Path file, FactorSettings settings, Reading reading) {
        Scratch scratch = new Scratch(reading);
        try {
            return new Factorisation(scratch, FactorData.read(scratch, file, settings.twoSided()), settings);
        } catch (RuntimeException | Error e) {
            scratch.close();
            throw e;
        }
    }

    /// What there is, in a few words.
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%,d rows, %,d columns, %,d values",
                data.rows(),
                data.columns(),
                data.pairs().count());
    }

    /// The model that is trained, in SQL.
    public String text() {
        String other = settings.twoSided() ? COLUMNS : ROWS;
        return settings.dense()
                ? declared(ROWS, data.rows())
                        + (settings.twoSided() ? declared(COLUMNS, data.columns()) : "")
                        + format("""
                -- The matrix in blocks; what is beyond its edge is zero, and stays so.
                CREATE TABLE block (i INT, j INT, m MATRIX[%1$d][%1$d], PRIMARY KEY (i, j));

                WITH residual AS (
                    SELECT block.i, block.j, matrix_multiply(a.v, transpose(b.v)) - block.m AS v
                    FROM block JOIN factor a ON block.i = a.id JOIN %2$s b ON block.j = b.id
                )
                SELECT SUM(tensor_sum(square(v))) / %3$s AS loss FROM residual;
                """, block, other, 2.0 * data.rows() * data.columns())
                : declared(ROWS, data.rows())
                        + (settings.twoSided() ? declared(COLUMNS, data.columns()) : "")
                        + format("""
                CREATE TABLE edge (i INT, j INT, v DOUBLE, PRIMARY KEY (i, j));

                WITH residual AS (
                    SELECT edge.i, edge.j, inner_product(a.v, b.v) - edge.v AS v
                    FROM edge JOIN factor a ON edge.i = a.id JOIN %s b ON edge.j = b.id
                )
                SELECT AVG(square(v)) / 2 AS loss FROM residual;
                """, other);
    }

    private String declared(String table, int count) {
        String type = settings.dense()
                ? format("MATRIX[%d][%d]", block, settings.dimension())
                : format("VECTOR[%d]", settings.dimension());
        return format("""
                CREATE PARAMETER TABLE %s (
                    id INT PRIMARY KEY CHECK (id BETWEEN 0 AND %d),
                    v %s uniform(0, %s)
                );
                """, table, (settings.dense() ? Math.ceilDiv(count, block) : count) - 1, type, settings.start());
    }

    /// What declares the parameters.
    public Model model() {
        return model;
    }

    /// Gives the values to a runner.
    public void bind(Runner runner) {
        if (settings.dense()) {
            data.bindBlocks(runner, "block", block, rows);
        } else {
            data.bind(runner, "edge", rows);
        }
        scratch.rest();
    }

    /// What was learned; factors stay in the runner.
    public record Result(TrainingResult training) {
        /// The root of the mean squared difference.
        public double error() {
            return Math.sqrt(2 * training.loss());
        }
    }

    /// Learns on a runner to which the values are bound; nothing comes of it if it was interrupted.
    public Optional<Result> train(Runner runner, Session session) {
        Map<String, String> named = settings.named();
        named.put("data", "checksum " + data.names() + rows.text());
        TrainingOptions options = session.applied(
                        new TrainingOptions(new Optimizer.NonNegative(settings.optimizer()), settings.epochs()))
                .settings(named);
        TrainingResult result =
                new Trainer(runner, model, options, session.state(), session.listener()).train(start(session.seed()));
        return result.stop() == Stop.INTERRUPTED ? Optional.empty() : Optional.of(new Result(result));
    }

    /// Writes factors from a runner that learned them into a DuckDB file that nobody has open: a table for rows and,
    /// where columns are something else, one for them, with names and vectors.
    public void write(Path file, Runner runner) {
        for (String table : settings.twoSided() ? List.of(ROWS, COLUMNS) : List.of(ROWS)) {
            Vectors vectors = Vectors.of(runner, table).rows(count(table), settings.dimension());
            scratch.vectors(file, table, vectors, Optional.of(FactorData.names(table.equals(ROWS))));
        }
    }

    private int count(String table) {
        return table.equals(ROWS) ? data.rows() : data.columns();
    }

    private Start start(long seed) {
        return settings.dense()
                ? Start.of(model, () -> inside(ParameterInit.of(model, new Fresh(), seed)))
                : ParameterInit.start(model, new Fresh(), seed);
    }

    /// Factors beyond the edge of the matrix start at zero, where their gradient is zero too.
    private Map<String, Relation> inside(Map<String, Relation> drawn) {
        Map<String, Relation> start = new LinkedHashMap<>();
        drawn.forEach((table, relation) -> {
            int inside = count(table);
            TreeMap<Key, Tensor> tuples = new TreeMap<>();
            relation.tuples().forEach((key, value) -> {
                double[] numbers = value.toArray();
                int first = ((Long) key.value(0)).intValue() * block;
                for (int row = Math.max(0, inside - first); row < block; row++) {
                    Arrays.fill(numbers, row * settings.dimension(), (row + 1) * settings.dimension(), 0);
                }
                tuples.put(key, Tensor.of(value.shape(), numbers));
            });
            start.put(table, new Relation(relation.attributes(), relation.shape(), tuples));
        });
        return start;
    }

    @Override
    public void close() {
        scratch.close();
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
