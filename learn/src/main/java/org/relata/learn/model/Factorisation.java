package org.relata.learn.model;

import java.nio.file.Path;
import java.util.ArrayList;
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
import org.relata.learn.train.Checksum;
import org.relata.learn.train.Optimizer;
import org.relata.learn.train.ParameterInit;
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
public final class Factorisation {
    /// Rows of a block; a matrix product of two such is long enough to be worth a call.
    private static final int BLOCK = 1000;

    private static final String ROWS = "factor";
    private static final String COLUMNS = "column_factor";

    private final FactorData data;
    private final FactorSettings settings;
    private final int block;
    private final Model model;

    private Factorisation(FactorData data, FactorSettings settings) {
        this.data = data;
        this.settings = settings;
        int most = Math.max(data.rows().size(), data.columns().size());
        // As few blocks as can be, of equal size.
        this.block = Math.ceilDiv(most, Math.ceilDiv(most, BLOCK));
        this.model = ModelParser.parse("nnmf.sql", text(), ShapeSource.none());
    }

    /// Reads pairs and their values.
    public static Factorisation of(Path file, FactorSettings settings) {
        return new Factorisation(FactorData.read(file, settings.twoSided()), settings);
    }

    /// What there is, in a few words.
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%,d rows, %,d columns, %,d values",
                data.rows().size(),
                data.columns().size(),
                data.values().length);
    }

    /// The model that is trained, in SQL.
    public String text() {
        String other = settings.twoSided() ? COLUMNS : ROWS;
        return settings.dense()
                ? declared(ROWS, data.rows().size())
                        + (settings.twoSided()
                                ? declared(COLUMNS, data.columns().size())
                                : "")
                        + format(
                                """
                -- The matrix in blocks; what is beyond its edge is zero, and stays so.
                CREATE TABLE block (i INT, j INT, m MATRIX[%1$d][%1$d], PRIMARY KEY (i, j));

                WITH residual AS (
                    SELECT block.i, block.j, matrix_multiply(a.v, transpose(b.v)) - block.m AS v
                    FROM block JOIN factor a ON block.i = a.id JOIN %2$s b ON block.j = b.id
                )
                SELECT SUM(tensor_sum(square(v))) / %3$s AS loss FROM residual;
                """,
                                block,
                                other,
                                2.0 * data.rows().size() * data.columns().size())
                : declared(ROWS, data.rows().size())
                        + (settings.twoSided()
                                ? declared(COLUMNS, data.columns().size())
                                : "")
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
            data.blocks(block).bind(runner, "block");
        } else {
            data.pairs().bind(runner, "edge");
        }
    }

    /// What was learned.
    ///
    /// @param factors by table, then by name: the rows' and, where columns are something else, theirs
    public record Result(TrainingResult training, Map<String, Map<String, double[]>> factors) {
        /// The root of the mean squared difference.
        public double error() {
            return Math.sqrt(2 * training.loss());
        }
    }

    /// Learns on a runner to which the values are bound; nothing comes of it if it was interrupted.
    public Optional<Result> train(Runner runner, Session session) {
        Map<String, String> named = settings.named();
        named.put(
                "data",
                "checksum " + Checksum.of(data.rows(), data.columns()).and(data.is()).and(data.js()).and(data.values()).text());
        TrainingOptions options = session.applied(
                        new TrainingOptions(new Optimizer.NonNegative(settings.optimizer()), settings.epochs()))
                .settings(named);
        TrainingResult result = new Trainer(runner, model, options, session.state(), session.listener())
                .train(() -> start(ParameterInit.of(model, new Fresh(), session.seed())));
        if (result.stop() == Stop.INTERRUPTED) {
            return Optional.empty();
        }
        Map<String, Map<String, double[]>> factors = new LinkedHashMap<>();
        result.parameters().forEach((table, values) -> factors.put(table, named(names(table), vectors(values))));
        return Optional.of(new Result(result, factors));
    }

    private List<String> names(String table) {
        return table.equals(ROWS) ? data.rows() : data.columns();
    }

    /// Factors beyond the edge of the matrix start at zero, where their gradient is zero too.
    private Map<String, Relation> start(Map<String, Relation> drawn) {
        if (!settings.dense()) {
            return drawn;
        }
        Map<String, Relation> start = new LinkedHashMap<>();
        drawn.forEach((table, relation) -> {
            int inside = names(table).size();
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

    /// A vector each, in order.
    private List<double[]> vectors(Relation relation) {
        List<double[]> vectors = new ArrayList<>();
        for (Tensor tensor : relation.tuples().values()) {
            double[] numbers = tensor.toArray();
            for (int start = 0; start < numbers.length; start += settings.dimension()) {
                vectors.add(Arrays.copyOfRange(numbers, start, start + settings.dimension()));
            }
        }
        return vectors;
    }

    private static Map<String, double[]> named(List<String> names, List<double[]> vectors) {
        Map<String, double[]> named = new LinkedHashMap<>();
        for (int index = 0; index < names.size(); index++) {
            named.put(names.get(index), vectors.get(index));
        }
        return named;
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
