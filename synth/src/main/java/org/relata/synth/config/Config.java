package org.relata.synth.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relata.database.RelataException;
import org.relata.database.config.Nearest;
import org.relata.database.config.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Everything that can be set about a database to be drawn, immutable.
///
/// ```java
/// Config config = Config.builder().set(NUM_TABLES_CHOICES, Choices.range(3, 5)).build();
/// ```
public final class Config {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<Parameter<?>, Object> values;

    private Config(Map<Parameter<?>, Object> values) {
        this.values = Map.copyOf(values);
    }

    /// The defaults.
    public static Config defaults() {
        return builder().build();
    }

    /// Starts from the defaults.
    public static Builder builder() {
        return new Builder(new HashMap<>());
    }

    /// Starts from this.
    public Builder toBuilder() {
        return new Builder(new HashMap<>(values));
    }

    /// Every parameter, in the order of the groups.
    public static List<Parameter<?>> parameters() {
        return Stream.of(TopParameters.all(), DatabaseParameters.all(), ScmParameters.all(), DagParameters.all())
                .flatMap(List::stream)
                .toList();
    }

    /// The value of a parameter.
    @SuppressWarnings("unchecked")
    public <T> T get(Parameter<T> parameter) {
        Object value = values.get(parameter);
        return value == null ? parameter.byDefault() : (T) value;
    }

    /// Reads a YAML or JSON file over this configuration: what it does not mention stays.
    ///
    /// @throws RelataException naming the file, the key and, for an unknown one, the nearest there is
    public Config read(Path file) {
        JsonNode root = Yaml.readMap(file);
        String place = file.getFileName().toString();
        Builder builder = toBuilder();
        for (Parameter.Group group : Parameter.Group.values()) {
            JsonNode node = group == Parameter.Group.TOP ? root : root.get(group.label());
            if (node == null || node.isNull()) {
                continue;
            }
            if (!node.isObject()) {
                throw Codec.wrong(place + ", " + group.label(), "parameters are expected here");
            }
            read(node, group, group == Parameter.Group.TOP ? place : place + ", " + group.label(), builder);
        }
        return builder.build();
    }

    private static void read(JsonNode node, Parameter.Group group, String place, Builder builder) {
        Map<String, Parameter<?>> known = parameters().stream()
                .filter(p -> p.group() == group)
                .collect(Collectors.toMap(Parameter::name, p -> p, (a, _) -> a, LinkedHashMap::new));
        List<String> groups = group == Parameter.Group.TOP
                ? Stream.of(Parameter.Group.values())
                        .map(Parameter.Group::label)
                        .toList()
                : List.of();
        for (String key : node.propertyNames()) {
            String name = key.replace('-', '_');
            if (groups.contains(key) && !key.isEmpty()) {
                continue;
            }
            Parameter<?> parameter = known.get(name);
            if (parameter == null) {
                throw unknown(key, name, group, place, known, groups);
            }
            readOne(node.get(key), parameter, place + ", " + key, builder);
        }
    }

    /// The nearest name of the group, or the group that the name belongs to.
    private static RelataException unknown(
            String key,
            String name,
            Parameter.Group group,
            String place,
            Map<String, Parameter<?>> known,
            List<String> groups) {
        Optional<Parameter<?>> elsewhere = parameters().stream()
                .filter(p -> p.group() != group && p.name().equals(name))
                .findFirst();
        List<String> names = new ArrayList<>(known.keySet());
        groups.stream().filter(g -> !g.isEmpty()).forEach(names::add);
        return RelataException.usage(
                "synth.parameter",
                place,
                "the parameter " + key + " is unknown here",
                elsewhere
                        .map(p -> "it belongs "
                                + (p.group() == Parameter.Group.TOP
                                        ? "at the top of the file"
                                        : "under " + p.group().label()))
                        .orElseGet(() -> Nearest.remedy(name, names)));
    }

    private static <T> void readOne(JsonNode node, Parameter<T> parameter, String place, Builder builder) {
        builder.set(parameter, parameter.codec().read(node, place));
    }

    /// This configuration as JSON, every parameter written out, for manifests and to be read back.
    public String json() {
        Map<String, Object> root = new LinkedHashMap<>();
        for (Parameter<?> parameter : parameters()) {
            group(root, parameter.group()).put(parameter.name(), write(parameter));
        }
        return JSON.writeValueAsString(root);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> group(Map<String, Object> root, Parameter.Group group) {
        return group == Parameter.Group.TOP
                ? root
                : (Map<String, Object>) root.computeIfAbsent(group.label(), _ -> new LinkedHashMap<String, Object>());
    }

    private <T> Object write(Parameter<T> parameter) {
        return parameter.codec().write(get(parameter));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Config config && json().equals(config.json());
    }

    @Override
    public int hashCode() {
        return Objects.hash(json());
    }

    @Override
    public String toString() {
        return json();
    }

    /// Collects values.
    public static final class Builder {
        private final Map<Parameter<?>, Object> values;

        private Builder(Map<Parameter<?>, Object> values) {
            this.values = values;
        }

        /// Sets a parameter.
        ///
        /// @throws RelataException `synth.value` naming the parameter, when the value is out of bounds
        public <T> Builder set(Parameter<T> parameter, T value) {
            parameter.codec().check(value, parameter.place());
            values.put(parameter, value);
            return this;
        }

        /// Checks what must hold between parameters.
        ///
        /// @throws RelataException `synth.combination` naming the parameters
        public Config build() {
            Config config = new Config(values);
            double validation = config.get(TopParameters.VAL_SPLIT);
            double test = config.get(TopParameters.TEST_SPLIT);
            if (validation > test) {
                throw combination("val_split " + validation + " is after test_split " + test, "let it be before");
            }
            long days = config.get(DatabaseParameters.MAX_TIMESTAMP).toEpochDay()
                    - config.get(DatabaseParameters.MIN_TIMESTAMP).toEpochDay();
            if (days < config.get(DatabaseParameters.MIN_SPAN_DAYS)) {
                throw combination(
                        "from min_timestamp to max_timestamp are " + days + " days, fewer than min_span_days "
                                + config.get(DatabaseParameters.MIN_SPAN_DAYS),
                        "move them apart");
            }
            if (config.get(ScmParameters.MLP_EMB_DIM) % 8 != 0) {
                throw combination(
                        "mlp_emb_dim " + config.get(ScmParameters.MLP_EMB_DIM) + " is no multiple of 8",
                        "round it up to one");
            }
            return config;
        }

        private static RelataException combination(String problem, String remedy) {
            return RelataException.usage("synth.combination", "configuration", problem, remedy);
        }
    }
}
