package org.relata.sql.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relata.algebra.Reference;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.value.Attribute.Domain;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Tensor;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;

/// `docs/reference/sql.md`: its examples run, and it names every function.
final class ReferencePageTest {
    private static String page() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("mvnw"))) {
            root = root.getParent();
        }
        return Files.readString(root.resolve("docs/reference/sql.md"));
    }

    /// The first block declares the tables of all others.
    static List<String> models() throws IOException {
        List<String> blocks = new ArrayList<>(Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL)
                .matcher(page())
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring("```sql\n".length(), block.length() - 3))
                .toList());
        String tables = blocks.removeFirst();
        return blocks.stream().map(block -> tables + block).toList();
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyExampleRuns(String text) {
        Model model = Examples.parse(text);
        Random random = new Random(1);
        Map<String, Relation> data = new HashMap<>();
        model.inputs().forEach(input -> data.put(input.relation(), data(input, random)));
        Reference run = new Reference(data, new Settings(Map.of("strength", 0.5), 0, 0));
        Relation loss = run.run(model.loss());
        assertEquals(1, loss.size());
        assertTrue(Double.isFinite(loss.get(Key.EMPTY).orElseThrow().number()));
    }

    @Test
    void everyFunctionIsOnThePage() throws IOException {
        String page = page();
        List<String> names = new ArrayList<>(Functions.BY_NAME.keySet());
        names.addAll(List.of("leaky_relu", "slice", "random", "random_like", "mod"));
        for (String name : names) {
            assertTrue(Pattern.compile("\\b" + name + "\\b").matcher(page).find(), name);
        }
        for (String type : ColumnType.NUMBERS.subList(0, 3)) {
            assertTrue(page.contains("`" + type + "`"), type);
        }
    }

    private static Relation data(Input input, Random random) {
        TreeMap<Key, Tensor> tuples = new TreeMap<>();
        for (int row = 0; row < (input.scan().type().key().isEmpty() ? 1 : 8); row++) {
            int number = row;
            List<Object> values = new ArrayList<>();
            input.scan()
                    .type()
                    .key()
                    .forEach(attribute -> values.add(
                            attribute.domain() == Domain.TEXT
                                    ? (number % 2 == 0 ? "leaf" : "root")
                                    : values.isEmpty() ? (Object) (long) number : (Object) (long) (number / 2)));
            tuples.put(
                    new Key(values),
                    Tensor.of(
                            input.scan().type().shape(),
                            random.doubles(input.scan().type().shape().size(), 0.1, 2)
                                    .toArray()));
        }
        return new Relation(input.scan().type().key(), input.scan().type().shape(), tuples);
    }
}
