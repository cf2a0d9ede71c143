package org.relata.synth.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `docs/reference/synth-parameters.md` is what the parameters say of themselves.
final class ParametersPageTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "synth-parameters.md");

    @Test
    void thePageSaysWhatTheParametersSay() throws IOException {
        String generated = page();
        if (Boolean.getBoolean("relata.regenerate")) {
            Files.writeString(PAGE, generated);
        }
        assertEquals(
                generated,
                Files.exists(PAGE) ? Files.readString(PAGE) : "",
                "the page is out of step; write it anew with:"
                        + " ./mvnw -pl synth -am test -Dtest=ParametersPageTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Drelata.regenerate=true");
    }

    private static String page() {
        JsonNode defaults = JsonMapper.shared().readTree(Config.defaults().json());
        StringBuilder page = new StringBuilder("""
            # Parameters of synthetic databases

            <!-- Generated from the parameters themselves; ParametersPageTest says how. -->

            `relata synth --config FILE` reads them from YAML or JSON, over those of `--preset`. Names may be written with
            underscores or hyphens. Where several values are possible, one is drawn: `{range: [3, 20]}` (whole numbers
            include both ends), `{set: [a, b]}`, or a single value.

            ```yaml
            val_split: 0.8
            database_params:
              num_tables_choices: {range: [3, 5]}
            scm_params:
              activation_choices: {set: [relu, tanh]}
            ```
            """);
        for (Parameter.Group group : Parameter.Group.values()) {
            page.append("\n## ").append(group == Parameter.Group.TOP ? "At the top" : "`" + group.label() + "`");
            page.append("\n\n| parameter | default | meaning |\n|---|---|---|\n");
            JsonNode node = group == Parameter.Group.TOP ? defaults : defaults.get(group.label());
            for (Parameter<?> parameter : Config.parameters()) {
                if (parameter.group() == group) {
                    page.append("| `" + parameter.name() + "` | `"
                            + node.get(parameter.name())
                                    .toString()
                                    .replace("\"", "")
                                    .replace(",", ", ")
                                    .replace(":", ": ")
                            + "` | " + parameter.meaning() + " |\n");
                }
            }
        }
        page.append("\n## Names\n\n| kind | names |\n|---|---|\n");
        names(page, "layout", Layout.values());
        names(page, "law of edge weights", EdgeLaw.values());
        names(page, "initialisation", Initialisation.values());
        names(page, "activation", Activation.values());
        names(page, "aggregation", Aggregation.values());
        names(page, "propagation", Propagation.values());
        names(page, "source", SourceKind.values());
        names(page, "transform", Transform.values());
        names(page, "column type", ColumnType.values());
        names(page, "row times", RowTimes.values());
        names(page, "split", SplitBy.values());
        return page.toString();
    }

    private static void names(StringBuilder page, String kind, Named[] values) {
        page.append("| " + kind + " | "
                + Arrays.stream(values).map(v -> "`" + v.label() + "`").collect(Collectors.joining(", ")) + " |\n");
    }
}
