package org.relata.sql.write;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.kernel.Leaf;
import org.relata.algebra.value.AlgebraException;

/// The table of one row that holds what varies from run to run: hyper-parameters and the states of random streams. So
/// the statements of a program stay the same text.
public final class RunTable {
    /// The table's name.
    public static final String NAME = "relata_run";

    /// What a column holds.
    private sealed interface Content {
        record Number(String hyper) implements Content {}

        record State(String stream) implements Content {}
    }

    private final Dialect dialect;
    private final Map<String, Content> columns = new LinkedHashMap<>();

    RunTable(Dialect dialect) {
        this.dialect = dialect;
    }

    /// Whether a program reads it.
    public boolean isUsed() {
        return !columns.isEmpty();
    }

    /// Whether a program draws random numbers.
    public boolean isRandom() {
        return columns.values().stream().anyMatch(Content.State.class::isInstance);
    }

    /// A hyper-parameter.
    String number(String hyper) {
        return read(column(hyper, new Content.Number(hyper)));
    }

    /// A random number; {0}, {1}, … stand for its key.
    String random(Leaf.Random random) {
        StringBuilder words =
                new StringBuilder(read(column("state_" + random.stream(), new Content.State(random.stream()))));
        for (int index = 0; index < random.key().size(); index++) {
            words.append(", {").append(index).append('}');
        }
        return dialect.word(Dialect.Word.FUNCTION) + "relata_random(" + dialect.word(Dialect.Word.LIST) + "[" + words
                + "])";
    }

    private String column(String wish, Content content) {
        String name = wish;
        while (columns.containsKey(name) && !content.equals(columns.get(name))) {
            name = wish + "_" + HexFormat.of().formatHex(wish.getBytes(StandardCharsets.UTF_8)) + columns.size();
        }
        columns.put(name, content);
        return name;
    }

    private String read(String column) {
        return "(SELECT " + dialect.name(column) + " FROM " + NAME + ")";
    }

    /// The columns and what they hold in a run.
    ///
    /// @return for each column, a `Double` or a `Long`
    public Map<String, Number> values(Settings settings) {
        Map<String, Number> values = new LinkedHashMap<>();
        columns.forEach((name, content) -> values.put(
                name,
                switch (content) {
                    case Content.Number(String hyper) -> {
                        Double number = settings.numbers().get(hyper);
                        if (number == null) {
                            throw new AlgebraException(
                                    "hyper.missing", "hyper-parameter " + hyper, "it has no value", "give it one");
                        }
                        yield number;
                    }
                    case Content.State(String stream) -> Leaf.Random.start(stream, settings);
                }));
        return values;
    }

    /// The statement that makes it, for text that people run themselves: they fill in what is not known here.
    String declaration() {
        StringBuilder text = new StringBuilder(dialect.word(Dialect.Word.TABLE) + " " + NAME + " AS SELECT");
        String comma = " ";
        for (Map.Entry<String, Content> column : columns.entrySet()) {
            String value = switch (column.getValue()) {
                case Content.Number(String hyper) ->
                    "CAST(NULL AS " + dialect.word(Dialect.Word.REAL) + ") /* :" + hyper.replace("*/", "* /") + " */";
                case Content.State(String stream) ->
                    "CAST(" + Leaf.Random.start(stream, Settings.NONE) + " AS " + dialect.word(Dialect.Word.INTEGER)
                            + ")";
            };
            text.append(comma).append(value).append(" AS ").append(dialect.name(column.getKey()));
            comma = ", ";
        }
        return text.toString();
    }
}
