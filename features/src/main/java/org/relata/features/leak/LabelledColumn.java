package org.relata.features.leak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.relata.database.Column;
import org.relata.database.ColumnKind;
import org.relata.database.Database;
import org.relata.database.Sql;
import org.relata.database.Table;

/// The values of one column beside the known labels, one entry a label row, in the order of the label rows.
///
/// @param table the table of the column: the entity table or a parent of it
/// @param column the column's name
/// @param numeric whether the values are numbers, truth values or times
/// @param numbers the values as numbers, NaN where there is none; all NaN for others
/// @param texts the values as text, empty where there is none; all empty for numbers
@SuppressWarnings("ArrayRecordComponent") // columns of a table, never compared
record LabelledColumn(String table, String column, boolean numeric, double[] numbers, String[] texts) {
    private static final int LEVELS = 1_000;
    private static final int BINS = 32;

    /// What of an entity table, or of a parent one link away, is looked at.
    ///
    /// @param expression the value over the aliases `e` (entity) or `p` (parent)
    private record Source(String table, String column, boolean numeric, String expression) {}

    /// The label rows themselves.
    ///
    /// @param entities `__row` of the entities
    /// @param seeds seed times in microseconds
    /// @param labels the labels
    @SuppressWarnings("ArrayRecordComponent") // columns of a table, never compared
    record Rows(long[] entities, long[] seeds, double[] labels) {}

    private static final String ORDER = " ORDER BY l.seed, l.entity";

    /// The label rows, ordered by seed, then entity.
    static Rows rows(LeakContext context) {
        List<double[]> read = context.duck()
                .query("SELECT l.entity, epoch_us(l.seed), l.label FROM " + LeakContext.LABELS + " l" + ORDER, row ->
                        new double[] {row.getLong(1), row.getLong(2), row.getDouble(3)});
        return new Rows(
                read.stream().mapToLong(r -> (long) r[0]).toArray(),
                read.stream().mapToLong(r -> (long) r[1]).toArray(),
                read.stream().mapToDouble(r -> r[2]).toArray());
    }

    /// Calls back with the columns of the entity table and of its parents, a few at a time.
    static void forEach(LeakContext context, int rows, java.util.function.Consumer<LabelledColumn> body) {
        Table entity = context.view().require(context.task().entityTable());
        batches(context, rows, sources(context, entity, "e"), "", body);
        for (int i = 0; i < entity.foreignKeys().size(); i++) {
            Table parent = context.view().require(entity.foreignKeys().get(i).targetTable());
            if (context.rows(parent.name()) > 0) {
                String join = " LEFT JOIN " + LeakContext.relation(parent) + " p ON p." + Database.ROW + " = e."
                        + Database.foreignKeyColumn(i);
                batches(context, rows, sources(context, parent, "p"), join, body);
            }
        }
    }

    private static List<Source> sources(LeakContext context, Table table, String alias) {
        List<Source> sources = new ArrayList<>();
        for (Column column : context.plainColumns(table)) {
            if (column.kind() == ColumnKind.VECTOR) {
                continue;
            }
            String value = alias + "." + Sql.id(column.name());
            boolean truth = context.type(table, column.name()).equals("BOOLEAN");
            boolean number = context.number(table, column.name());
            boolean time = context.time(table, column.name());
            String expression = time
                    ? "epoch_us(CAST(" + value + " AS TIMESTAMP)) / 1e6"
                    : truth
                            ? "CAST(CAST(" + value + " AS INTEGER) AS DOUBLE)"
                            : "CAST(" + value + " AS " + (number ? "DOUBLE" : "VARCHAR") + ")";
            sources.add(new Source(table.name(), column.name(), truth || number || time, expression));
        }
        return sources;
    }

    private static void batches(
            LeakContext context,
            int rows,
            List<Source> sources,
            String join,
            java.util.function.Consumer<LabelledColumn> body) {
        int width = Math.max(1, Math.min(64, 2_000_000 / Math.max(1, rows)));
        for (int from = 0; from < sources.size(); from += width) {
            List<Source> batch = sources.subList(from, Math.min(sources.size(), from + width));
            read(context, rows, batch, join).forEach(body);
        }
    }

    private static List<LabelledColumn> read(LeakContext context, int rows, List<Source> batch, String join) {
        List<LabelledColumn> columns = batch.stream()
                .map(s -> new LabelledColumn(
                        s.table(), s.column(), s.numeric(), new double[rows], new String[s.numeric() ? 0 : rows]))
                .toList();
        StringBuilder sql = new StringBuilder("SELECT ");
        for (int c = 0; c < batch.size(); c++) {
            sql.append(c == 0 ? "" : ", ").append(batch.get(c).expression());
        }
        sql.append(" FROM " + LeakContext.LABELS + " l LEFT JOIN ")
                .append(LeakContext.relation(
                        context.view().require(context.task().entityTable())))
                .append(" e ON e." + Database.ROW + " = l.entity")
                .append(join)
                .append(ORDER);
        int[] at = {0};
        context.duck().query(sql.toString(), row -> {
            for (int c = 0; c < batch.size(); c++) {
                LabelledColumn column = columns.get(c);
                if (column.numeric()) {
                    double value = row.getDouble(c + 1);
                    column.numbers()[at[0]] = row.wasNull() ? Double.NaN : value;
                } else {
                    String value = row.getString(c + 1);
                    column.texts()[at[0]] = value == null ? "" : value;
                    column.numbers()[at[0]] = Double.NaN;
                }
            }
            return at[0]++;
        });
        return columns;
    }

    /// The same column at some of the rows.
    LabelledColumn at(int[] rows) {
        double[] someNumbers = new double[rows.length];
        String[] someTexts = new String[numeric ? 0 : rows.length];
        for (int i = 0; i < rows.length; i++) {
            someNumbers[i] = numbers[rows[i]];
            if (!numeric) {
                someTexts[i] = texts[rows[i]];
            }
        }
        return new LabelledColumn(table, column, numeric, someNumbers, someTexts);
    }

    /// The values as codes: categories as they are, numbers of few distinct values likewise, others by quantile. Having
    /// no value is a code of its own.
    int[] codes() {
        int[] codes = new int[numbers.length];
        if (!numeric) {
            Map<String, Integer> known = new HashMap<>();
            for (int i = 0; i < codes.length; i++) {
                codes[i] = known.computeIfAbsent(texts[i], _ -> known.size());
            }
            return codes;
        }
        double[] distinct = Arrays.stream(numbers)
                .filter(v -> !Double.isNaN(v))
                // Makes -0 and 0 one value.
                .map(v -> v + 0.0)
                .sorted()
                .toArray();
        int kinds = 0;
        for (double value : distinct) {
            if (kinds == 0 || distinct[kinds - 1] != value) {
                distinct[kinds++] = value;
            }
        }
        boolean few = kinds <= LEVELS;
        double[] ranks = few ? new double[0] : Association.ranks(numbers);
        for (int i = 0; i < codes.length; i++) {
            codes[i] = Double.isNaN(numbers[i])
                    ? -1
                    : few
                            ? Arrays.binarySearch(distinct, 0, kinds, numbers[i] + 0.0)
                            : (int) (BINS * (ranks[i] - 1) / codes.length);
        }
        return codes;
    }
}
