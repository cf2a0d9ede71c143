package org.relata.features.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.relata.database.Column;
import org.relata.database.ColumnKind;
import org.relata.database.ForeignKey;
import org.relata.database.Schema;
import org.relata.database.Table;

/// Makes small databases that try to be awkward: odd names, links in every direction, missing parents, values and
/// times, equal times, empty tables, infinite and huge numbers.
public final class RandomWorld {
    /// The moment the random times start at: 2020-01-01.
    static final long START = 1_577_836_800_000_000L;

    static final long DAY = 86_400_000_000L;

    private static final String[] NAMES = {
        "order",
        "select",
        "Ünï cödé",
        "a\"b",
        "日本",
        "row",
        "group",
        "key",
        "pair",
        "features",
        "pairs",
        "my table",
        "it's",
        "t",
        "main",
        "result",
        "k0",
        "a1",
        "price",
        "when",
        "cutoff",
        "entity",
        "f0",
        "m0",
        "age",
        "joined"
    };
    private static final String[] WORDS = {"red", "Grün", "blue", "x", "42", "it's", "日本", "a b", "\"q\"", "Red"};

    private final SplittableRandom random;

    private RandomWorld(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /// The world of a seed.
    public static World of(long seed) {
        return new RandomWorld(seed).make();
    }

    /// More rows for a world, all dated in the given stretch of time, linked to old and new rows alike.
    public static Map<String, List<Row>> later(World world, long seed, long from, long until) {
        RandomWorld maker = new RandomWorld(seed);
        Map<String, List<Row>> more = new LinkedHashMap<>();
        for (Table table : world.schema().tables()) {
            if (table.timeColumn().isPresent()) {
                List<Row> rows = new ArrayList<>();
                for (int i = maker.random.nextInt(20); i > 0; i--) {
                    rows.add(maker.row(table, maker.random.nextLong(from, until), world::type));
                }
                more.put(table.name(), rows);
            }
        }
        for (Table table : world.schema().tables()) {
            for (Row row : more.getOrDefault(table.name(), List.of())) {
                for (int k = 0; k < table.foreignKeys().size(); k++) {
                    String target = table.foreignKeys().get(k).targetTable();
                    List<Row> candidates = new ArrayList<>(world.rows(target));
                    candidates.addAll(more.getOrDefault(target, List.of()));
                    row.parents[k] = maker.parent(candidates);
                }
            }
        }
        return more;
    }

    private World make() {
        List<String> names = names(2 + random.nextInt(4));
        List<Table> tables = new ArrayList<>();
        Map<String, String> types = new LinkedHashMap<>();
        for (String name : names) {
            tables.add(table(name, names, types));
        }
        Schema schema = new Schema("random", tables, Optional.empty(), Optional.empty());
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        for (Table table : tables) {
            int many = random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(random.nextInt(3) == 0 ? 60 : 15);
            List<Row> made = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                made.add(row(table, time(table), (t, c) -> types.get(t + "." + c)));
            }
            rows.put(table.name(), made);
        }
        for (Table table : tables) {
            for (Row row : rows.get(table.name())) {
                for (int k = 0; k < table.foreignKeys().size(); k++) {
                    row.parents[k] = parent(rows.get(table.foreignKeys().get(k).targetTable()));
                }
            }
        }
        return new World(schema, rows, types);
    }

    private List<String> names(int many) {
        List<String> names = new ArrayList<>();
        while (names.size() < many) {
            String name = NAMES[random.nextInt(NAMES.length)];
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    private Table table(String name, List<String> tables, Map<String, String> types) {
        List<Column> columns = new ArrayList<>();
        List<ForeignKey> links = new ArrayList<>();
        Optional<String> time = Optional.empty();
        columns.add(new Column("id of it", ColumnKind.NUMERIC));
        types.put(name + ".id of it", "BIGINT");
        int keys = random.nextInt(3);
        for (int k = 0; k < keys; k++) {
            String key = "link " + k;
            columns.add(new Column(key, ColumnKind.NUMERIC));
            types.put(name + "." + key, "BIGINT");
            links.add(new ForeignKey(List.of(key), tables.get(random.nextInt(tables.size()))));
        }
        if (random.nextInt(3) > 0) {
            columns.add(new Column("at", ColumnKind.TIMESTAMP));
            types.put(name + ".at", "TIMESTAMP");
            time = Optional.of("at");
        }
        for (String column : names(1 + random.nextInt(3))) {
            ColumnKind kind = ColumnKind.values()[random.nextInt(ColumnKind.values().length)];
            columns.add(new Column(column, kind));
            types.put(name + "." + column, type(kind));
        }
        return new Table(name, columns, List.of("id of it"), links, time);
    }

    private String type(ColumnKind kind) {
        return switch (kind) {
            case NUMERIC ->
                List.of("DOUBLE", "INTEGER", "DECIMAL(12,2)", "REAL").get(random.nextInt(4));
            case CATEGORICAL -> random.nextBoolean() ? "VARCHAR" : "INTEGER";
            case MULTI_CATEGORICAL -> "VARCHAR[]";
            case TEXT -> "VARCHAR";
            case TIMESTAMP -> "TIMESTAMP";
            case BOOLEAN -> "BOOLEAN";
            case VECTOR -> random.nextBoolean() ? "DOUBLE[]" : "FLOAT[3]";
        };
    }

    private @Nullable Long time(Table table) {
        if (table.timeColumn().isEmpty() || random.nextInt(12) == 0) {
            return null;
        }
        return moment();
    }

    /// Whole days more often than not, so that equal times are common.
    long moment() {
        long day = START + random.nextLong(random.nextBoolean() ? 40 : 600) * DAY;
        return random.nextInt(3) == 0 ? day + random.nextLong(DAY) : day;
    }

    private @Nullable Row parent(List<Row> candidates) {
        if (candidates.isEmpty() || random.nextInt(7) == 0) {
            return null;
        }
        double u = random.nextDouble();
        return candidates.get((int) (u * u * candidates.size()));
    }

    /// The DuckDB type of a column of a table.
    private interface Types {
        String of(String table, String column);
    }

    private Row row(Table table, @Nullable Long time, Types types) {
        @Nullable Object[] values = new Object[table.columns().size()];
        for (int c = 0; c < values.length; c++) {
            Column column = table.columns().get(c);
            boolean own = table.timeColumn().filter(column.name()::equals).isPresent();
            if (!own && !table.isKey(column.name()) && random.nextInt(8) > 0) {
                values[c] = value(column.kind(), types.of(table.name(), column.name()));
            }
        }
        return new Row(time, values, new Row[table.foreignKeys().size()]);
    }

    private Object value(ColumnKind kind, String type) {
        return switch (kind) {
            case NUMERIC -> number(type);
            case CATEGORICAL ->
                type.equals("INTEGER") ? (Object) random.nextInt(5) : WORDS[random.nextInt(WORDS.length)];
            case MULTI_CATEGORICAL -> words(random.nextInt(4));
            case TEXT -> String.join(random.nextBoolean() ? " " : ", ", words(random.nextInt(6)));
            case TIMESTAMP -> moment();
            case BOOLEAN -> random.nextBoolean();
            case VECTOR -> {
                List<Double> vector = new ArrayList<>();
                int length = type.equals("FLOAT[3]") ? 3 : random.nextInt(4);
                for (int i = 0; i < length; i++) {
                    vector.add((double) (float) (random.nextDouble() * 2 - 1));
                }
                yield vector;
            }
        };
    }

    private Object number(String type) {
        return switch (type) {
            case "INTEGER" -> (double) (random.nextInt(20) - 5);
            case "DECIMAL(12,2)" -> random.nextInt(-10_000, 100_000) / 100.0;
            case "REAL" -> (double) (float) (random.nextDouble() * 100);
            default ->
                switch (random.nextInt(16)) {
                    case 0 -> Double.NaN;
                    case 1 -> Double.POSITIVE_INFINITY;
                    case 2 -> Double.NEGATIVE_INFINITY;
                    case 3 -> 1e300;
                    case 4 -> 0.0;
                    default -> random.nextInt(-1_000, 1_000) / 10.0;
                };
        };
    }

    private List<String> words(int many) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            words.add(WORDS[random.nextInt(WORDS.length)]);
        }
        return words;
    }
}
