package org.relata.sql.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relata.algebra.GradientCheck;
import org.relata.algebra.Reference;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;

final class ExamplesTest {
    @Test
    void logisticRegressionIsWhatOneWouldWriteInTheAlgebra() {
        assertEquals("""
                sum by ⟨⟩  : ⟨⟩ ~1
                  join on row = rowʳ ⟨row⟩ softplus(v) - (w * v)  : ⟨row⟩
                    sum by ⟨row⟩  : ⟨row⟩
                      join on col = colʳ ⟨row, col⟩ v * w  : ⟨row, col⟩
                        scan x  : ⟨row, col⟩
                        parameter theta  : ⟨col⟩
                    scan y  : ⟨row⟩
                """, Examples.parse(Examples.LOGISTIC_REGRESSION).loss().explain());
    }

    @Test
    void aSquaredErrorOverAStarComputesEachDimensionOnceAndCarriesOneNumber() {
        assertEquals("""
                avg by ⟨⟩  : ⟨⟩ ~1
                  join on day = idʳ ⟨id⟩ (v + w) * (v + w)  : ⟨id⟩
                    join on item = idʳ ⟨id, day⟩ v + w  : ⟨id, day⟩ unique[id]
                      join on store = idʳ ⟨id, item, day⟩ w - v  : ⟨id, item, day⟩ unique[id]
                        scan fact  : ⟨id, store, item, day⟩ unique[id]
                        join on true ⟨id⟩ sum(v * w)  : ⟨id⟩
                          scan store  : ⟨id⟩ [4]
                          parameter w1  : ⟨⟩ [4]
                      join on true ⟨id⟩ sum(v * w)  : ⟨id⟩
                        scan item  : ⟨id⟩ [3]
                        parameter w2  : ⟨⟩ [3]
                    join on true ⟨id⟩ sum(v * w)  : ⟨id⟩
                      scan day  : ⟨id⟩ [2]
                      parameter w3  : ⟨⟩ [2]
                """, Examples.parse(Examples.STAR_JOIN).loss().explain());
    }

    @Test
    void aGraphConvolutionNormalisesNodesBeforeTheJoinAndMultipliesAfterTheAverage() {
        assertEquals(
                """
                join on id = idʳ ⟨id⟩ v  : ⟨id⟩ [2]
                  join on true ⟨id⟩ relu(reshape(w · reshape(v, [3×1]), [2]))  : ⟨id⟩ [2]
                    avg by ⟨id⟩  : ⟨id⟩ [3]
                      join on dst = idʳ ⟨id: src, dst⟩ w  : ⟨id, dst⟩ [3]
                        scan Edge  : ⟨src, dst⟩
                        select ⟨id⟩ v / sqrt(case when (sum(v * v) > 0) then sum(v * v) else 1 end)  : ⟨id⟩ [3]
                          scan Node  : ⟨id⟩ [3]
                    parameter W  : ⟨⟩ [2×3]
                  scan Node  : ⟨id⟩ [3]
                """,
                Examples.parse(Examples.GRAPH_CONVOLUTION).named().get("hidden").explain());
    }

    @Test
    void aFactorisationCarriesTheRatingAndOneFactorToTheOther() {
        String program = Examples.parse(Examples.FACTORISATION).loss().explain();
        assertTrue(program.contains("join on u = idʳ ⟨u, m⟩ concat(reshape(v, [1]), w)  : ⟨u, m⟩ [4]"), program);
    }

    @Test
    void theBlocksOfAMatrixSumToOne() {
        Model model = Examples.parse("""
                CREATE TABLE X (row INT, col INT, mat MATRIX[2][2]);
                CREATE VIEW total AS SELECT SUM(mat) AS mat FROM X;
                SELECT tensor_sum(mat) FROM total
                """);
        Relation x = Relation.empty(model.inputs().getFirst().scan().type().key(), Shape.of(2, 2));
        x = x.plus(Key.of(0, 0), Tensor.of(Shape.of(2, 2), 1, 4, 1, 2));
        x = x.plus(Key.of(0, 1), Tensor.of(Shape.of(2, 2), 1, 2, 4, 3));
        x = x.plus(Key.of(1, 0), Tensor.of(Shape.of(2, 2), 3, 1, 2, 2));
        x = x.plus(Key.of(1, 1), Tensor.of(Shape.of(2, 2), 2, 1, 2, 2));
        assertEquals(
                Optional.of(Tensor.of(Shape.of(2, 2), 7, 8, 9, 9)),
                Reference.run(model.named().get("total"), Map.of("X", x)).get(Key.EMPTY));
        assertEquals(33, Examples.number(model.loss(), Map.of("X", x)));
    }

    @Test
    void theBlockedMatrixProductOfThePaperIsTheProduct() {
        Model model = Examples.parse(Examples.MATRIX_PRODUCT);
        Relation a = Relation.empty(model.inputs().get(0).scan().type().key(), Shape.of(2, 2))
                .plus(Key.of(0, 0), Tensor.of(Shape.of(2, 2), 1, 2, 3, 4))
                .plus(Key.of(0, 1), Tensor.of(Shape.of(2, 2), 0, 1, 1, 0));
        Relation b = Relation.empty(model.inputs().get(1).scan().type().key(), Shape.of(2, 2))
                .plus(Key.of(0, 5), Tensor.of(Shape.of(2, 2), 1, 0, 0, 1))
                .plus(Key.of(1, 5), Tensor.of(Shape.of(2, 2), 10, 20, 30, 40));
        Relation product = Reference.run(model.named().get("product"), Map.of("A", a, "B", b));
        assertEquals(Map.of(Key.of(0, 5), Tensor.of(Shape.of(2, 2), 31, 42, 13, 24)), product.tuples());
        assertEquals(List.of("row", "col"), model.named().get("product").type().names());
    }

    @Test
    void softmaxAttentionWeighsByTheSoftmaxOfItsScores() {
        Model model = Examples.parse(Examples.ATTENTION);
        assertEquals(Set.of("score", "total", "attended"), model.named().keySet());
        Map<String, Relation> data = Examples.random(model, new Random(3));
        Relation scores = Reference.run(model.named().get("score"), data);
        Relation attended = Reference.run(model.named().get("attended"), data);
        for (Key query : attended.tuples().keySet()) {
            double[] expected = new double[2];
            double total = 0;
            for (var score : scores.tuples().entrySet()) {
                if (score.getKey().value(0).equals(query.value(0))) {
                    double weight = Math.exp(score.getValue().number());
                    Tensor value = data.get("token.value")
                            .get(new Key(List.of(score.getKey().value(1))))
                            .orElseThrow();
                    total += weight;
                    expected[0] += weight * value.at(0);
                    expected[1] += weight * value.at(1);
                }
            }
            assertEquals(expected[0] / total, attended.get(query).orElseThrow().at(0), 1e-12);
            assertEquals(expected[1] / total, attended.get(query).orElseThrow().at(1), 1e-12);
        }
    }

    @Test
    void aSquaredErrorOverAStarIsThatOfTheJoinedRows() {
        Model model = Examples.parse(Examples.STAR_JOIN);
        Map<String, Relation> data = Examples.random(model, new Random(5));
        data.replaceAll((name, relation) -> name.equals("fact") ? uniqueBy0(relation) : relation);
        double sum = 0;
        int rows = 0;
        for (var fact : data.get("fact").tuples().entrySet()) {
            double error = -fact.getValue().number();
            boolean complete = true;
            List<String> dimensions = List.of("store", "item", "day");
            for (int index = 0; index < 3; index++) {
                Optional<Tensor> x = data.get(dimensions.get(index))
                        .get(new Key(List.of(fact.getKey().value(index + 1))));
                complete &= x.isPresent();
                Tensor weights = data.get("w" + (index + 1)).get(Key.EMPTY).orElseThrow();
                for (int position = 0; complete && position < weights.shape().size(); position++) {
                    error += x.orElseThrow().at(position) * weights.at(position);
                }
            }
            sum += complete ? error * error : 0;
            rows += complete ? 1 : 0;
        }
        assertTrue(rows > 0);
        assertEquals(sum / rows, Examples.number(model.loss(), data), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Examples.LOGISTIC_REGRESSION,
                Examples.MATRIX_PRODUCT,
                Examples.GRAPH_CONVOLUTION,
                Examples.STAR_JOIN,
                Examples.FACTORISATION,
                Examples.TRANSLATION,
                Examples.ATTENTION
            })
    void gradientsOfExamplesAgreeWithDifferences(String text) {
        Model model = Examples.parse(text);
        String[] parameters = model.parameters().stream().map(Input::relation).toArray(String[]::new);
        assertTrue(parameters.length > 0);
        for (int seed = 0; seed < 3; seed++) {
            Random random = new Random(seed);
            Map<String, Relation> data = Examples.random(model, random);
            if (text.equals(Examples.STAR_JOIN)) {
                data.replaceAll((name, relation) -> name.equals("fact") ? uniqueBy0(relation) : relation);
            }
            GradientCheck.Outcome outcome = GradientCheck.firstOrder(model.loss(), data, random, parameters);
            assertEquals(Optional.empty(), outcome.fault());
            assertTrue(outcome.compared() >= parameters.length, "few slopes were kinks");
        }
    }

    /// The first tuple of each value of the first attribute: what a primary key promises.
    private static Relation uniqueBy0(Relation relation) {
        Relation unique = Relation.empty(relation.attributes(), relation.shape());
        Object last = "";
        for (var tuple : relation.tuples().entrySet()) {
            if (!tuple.getKey().value(0).equals(last)) {
                unique = unique.plus(tuple.getKey(), tuple.getValue());
                last = tuple.getKey().value(0);
            }
        }
        return unique;
    }
}
