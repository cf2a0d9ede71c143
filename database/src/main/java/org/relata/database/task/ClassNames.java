package org.relata.database.task;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.relata.database.Duck;
import org.relata.database.RelataException;

/// The classes of a task in label order, and the class number of each stored label.
///
/// Names of text labels are sorted by code point, numbers by value. A binary task whose labels are 0 and 1 keeps them,
/// even
/// when one of the two does not occur.
///
/// @param names the class names; empty for regression
/// @param numbers the class number of each stored label (a Double or a String); empty for regression
record ClassNames(List<String> names, Map<Object, Integer> numbers) {
    /// More classes than this are taken for a number that should be predicted by regression, or for a key.
    private static final int MOST_CLASSES = 10_000;

    /// The classes of the labels in the given tables.
    ///
    /// @param store the store
    /// @param type the task's type
    /// @param kind how the labels are stored
    /// @param labels SQL that returns a column `label`
    /// @param place where errors say they happened
    static ClassNames of(Duck store, TaskType type, LabelKind kind, String labels, String place) {
        if (type == TaskType.REGRESSION) {
            return new ClassNames(List.of(), Map.of());
        }
        List<Object> values = store.query(
                "SELECT DISTINCT label FROM (" + labels + ") ORDER BY label LIMIT " + (MOST_CLASSES + 1),
                row -> kind == LabelKind.TEXT ? row.getString(1) : (Object) row.getDouble(1));
        if (type == TaskType.BINARY_CLASSIFICATION && values.stream().allMatch(v -> v.equals(0.0) || v.equals(1.0))) {
            values = List.of(0.0, 1.0);
        }
        if (type == TaskType.BINARY_CLASSIFICATION && values.size() > 2) {
            throw RelataException.usage(
                    "task.classes",
                    place,
                    "a binary task has labels of more than two values: " + examples(values),
                    "return 0 and 1, or set task_type to multiclass_classification");
        }
        if (values.size() > MOST_CLASSES) {
            throw RelataException.usage(
                    "task.classes",
                    place,
                    "there are more than " + MOST_CLASSES + " classes, such as " + examples(values),
                    "group them, or set task_type to regression");
        }
        List<String> names = new ArrayList<>();
        Map<Object, Integer> numbers = new HashMap<>();
        for (Object value : values) {
            numbers.put(value, names.size());
            names.add(name(value));
        }
        return new ClassNames(names, numbers);
    }

    /// The label as models see it.
    ///
    /// @param stored a stored label
    double encode(Object stored) {
        if (numbers.isEmpty()) {
            return (Double) stored;
        }
        return Objects.requireNonNull(numbers.get(stored), "a label that is not among the classes");
    }

    private static String name(Object value) {
        return value instanceof Double number
                ? new BigDecimal(number).stripTrailingZeros().toPlainString()
                : (String) value;
    }

    private static String examples(List<Object> values) {
        return values.stream().limit(5).map(ClassNames::name).collect(Collectors.joining(", "))
                + (values.size() > 5 ? ", …" : "");
    }
}
