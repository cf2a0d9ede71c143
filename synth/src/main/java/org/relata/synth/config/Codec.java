package org.relata.synth.config;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relata.database.RelataException;
import org.relata.database.config.Nearest;
import org.relata.database.config.Yaml;
import tools.jackson.databind.JsonNode;

/// How the value of a parameter is read from a file and written into one.
interface Codec<T> {
    /// Reads a value; complains with the place.
    T read(JsonNode node, String place);

    /// The value as texts, numbers, lists and maps.
    Object write(T value);

    /// Checks a value that a program gave.
    void check(T value, String place);

    /// A number, a whole one or not, that may be bounded.
    record Numbers(double low, double high, boolean whole) {
        double read(JsonNode node, String place) {
            if (!node.isNumber() || whole && !node.isIntegralNumber()) {
                throw wrong(place, Yaml.scalar(node, place) + " is no " + (whole ? "whole " : "") + "number");
            }
            return within(node.asDouble(), place);
        }

        double within(double value, String place) {
            if (!(value >= low && value <= high)) {
                throw wrong(place, text(value) + " is not between " + text(low) + " and " + text(high));
            }
            return value;
        }

        private String text(double value) {
            return value == Math.rint(value) && Math.abs(value) < 1e15
                    ? Long.toString((long) value)
                    : Double.toString(value);
        }
    }

    /// A real number.
    static Codec<Double> real(double low, double high) {
        return of(new Numbers(low, high, false), Double::valueOf);
    }

    /// A whole number.
    static Codec<Integer> whole(int low, int high) {
        return of(new Numbers(low, high, true), x -> (int) (double) x);
    }

    private static <T extends Number> Codec<T> of(Numbers numbers, java.util.function.Function<Double, T> type) {
        return new Codec<>() {
            @Override
            public T read(JsonNode node, String place) {
                return type.apply(numbers.read(node, place));
            }

            @Override
            public Object write(T value) {
                return value;
            }

            @Override
            public void check(T value, String place) {
                numbers.within(value.doubleValue(), place);
            }
        };
    }

    /// True or false.
    static Codec<Boolean> flag() {
        return new Codec<>() {
            @Override
            public Boolean read(JsonNode node, String place) {
                if (!node.isBoolean()) {
                    throw wrong(place, Yaml.scalar(node, place) + " is neither true nor false");
                }
                return node.asBoolean();
            }

            @Override
            public Object write(Boolean value) {
                return value;
            }

            @Override
            public void check(Boolean value, String place) {}
        };
    }

    /// A day.
    static Codec<LocalDate> day() {
        return new Codec<>() {
            @Override
            public LocalDate read(JsonNode node, String place) {
                return Yaml.time(Yaml.scalar(node, place), place).toLocalDate();
            }

            @Override
            public Object write(LocalDate value) {
                return value.toString();
            }

            @Override
            public void check(LocalDate value, String place) {}
        };
    }

    /// A value with a name.
    static <T extends Enum<T> & Named> Codec<T> named(Class<T> type) {
        return new Codec<>() {
            @Override
            public T read(JsonNode node, String place) {
                String name = Yaml.scalar(node, place);
                List<T> all = Arrays.asList(type.getEnumConstants());
                return all.stream()
                        .filter(v -> v.label().equalsIgnoreCase(name))
                        .findFirst()
                        .orElseThrow(() -> RelataException.usage(
                                "synth.value",
                                place,
                                name + " is unknown",
                                Nearest.remedy(
                                        name, all.stream().map(Named::label).toList())));
            }

            @Override
            public Object write(T value) {
                return value.label();
            }

            @Override
            public void check(T value, String place) {}
        };
    }

    /// A range or a set of whole numbers.
    static Codec<Choices<Integer>> wholes(int low, int high) {
        return choices(whole(low, high), (a, b) -> Choices.range((int) a, (int) b), true);
    }

    /// A range or a set of real numbers.
    static Codec<Choices<Double>> reals(double low, double high) {
        return choices(real(low, high), (a, b) -> Choices.range((double) a, (double) b), true);
    }

    /// A set of values with a name.
    static <T extends Enum<T> & Named> Codec<Choices<T>> names(Class<T> type) {
        return choices(named(type), (a, b) -> Choices.oneOf(a, b), false);
    }

    private static <T> Codec<Choices<T>> choices(
            Codec<T> one, java.util.function.BiFunction<T, T, Choices<T>> range, boolean ranges) {
        return new ChoicesCodec<>(one, range, ranges);
    }

    /// An error about a value.
    static RelataException wrong(String place, String problem) {
        return RelataException.usage(
                "synth.value", place, problem, "docs/reference/synth-parameters.md says what it may be");
    }

    /// Choices of values that have a codec of their own: `{range: [3, 20]}`, `{set: [a, b]}`, the longer
    /// `{kind: range, value: [3, 20]}`, or one value that pins the parameter.
    record ChoicesCodec<T>(Codec<T> one, java.util.function.BiFunction<T, T, Choices<T>> range, boolean ranges)
            implements Codec<Choices<T>> {
        @Override
        public Choices<T> read(JsonNode node, String place) {
            if (node.isArray()) {
                throw wrong(place, "a list may be a range or a set; write {range: […]} or {set: […]}");
            }
            if (!node.isObject()) {
                return new OneOf<>(List.of(one.read(node, place)));
            }
            String kind;
            JsonNode value;
            if (node.has("kind") || node.has("value")) {
                Yaml.onlyKnown(node, place, List.of("kind", "value"));
                kind = Yaml.text(node, "kind", place).orElse("");
                value = node.get("value");
            } else {
                Yaml.onlyKnown(node, place, List.of("range", "set"));
                kind = node.size() == 1 ? node.propertyNames().iterator().next() : "";
                value = node.get(kind);
            }
            if (!kind.equals("range") && !kind.equals("set")) {
                throw wrong(place, "its kind is " + (kind.isEmpty() ? "missing" : kind) + ", not range or set");
            }
            if (value == null || !value.isArray()) {
                throw wrong(place, "the value of a " + kind + " is a list");
            }
            List<T> values = new ArrayList<>();
            for (JsonNode item : value.values()) {
                values.add(one.read(item, place));
            }
            return kind.equals("set") ? set(values, place) : range(values, place);
        }

        private Choices<T> set(List<T> values, String place) {
            if (values.isEmpty()) {
                throw wrong(place, "the set is empty");
            }
            return new OneOf<>(values);
        }

        private Choices<T> range(List<T> values, String place) {
            if (!ranges) {
                throw wrong(place, "names have no range; write {set: […]}");
            }
            if (values.size() != 2) {
                throw wrong(place, "a range has two ends, not " + values.size());
            }
            try {
                return range.apply(values.get(0), values.get(1));
            } catch (RelataException e) {
                throw RelataException.usage(e.code(), place + ", " + e.place(), e.problem(), e.remedy())
                        .causedBy(e);
            }
        }

        @Override
        public Object write(Choices<T> value) {
            Map<String, Object> map = new LinkedHashMap<>();
            switch (value) {
                case IntegerRange whole -> map.put("range", List.of(whole.low(), whole.high()));
                case RealRange real -> map.put("range", List.of(real.low(), real.high()));
                case OneOf<T> set ->
                    map.put("set", set.values().stream().map(one::write).toList());
            }
            return map;
        }

        @Override
        @SuppressWarnings("unchecked")
        public void check(Choices<T> value, String place) {
            switch (value) {
                case IntegerRange whole -> {
                    one.check((T) (Integer) whole.low(), place);
                    one.check((T) (Integer) whole.high(), place);
                }
                case RealRange real -> {
                    one.check((T) (Double) real.low(), place);
                    one.check((T) (Double) real.high(), place);
                }
                case OneOf<T> set -> set.values().forEach(v -> one.check(v, place));
            }
        }
    }
}
