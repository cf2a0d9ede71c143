package org.relata.synth.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.relata.database.RelataException;
import org.relata.synth.random.Draws;
import org.relata.synth.random.Key;

final class ConfigTest {
    @TempDir
    private Path folder;

    private Config read(String text) throws IOException {
        Path file = folder.resolve("config.yaml");
        Files.writeString(file, text);
        return Config.defaults().read(file);
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void everyPresetIsReadBackFromItsJson(Preset preset) throws IOException {
        assertEquals(preset.config(), read(preset.config().json()));
    }

    @Test
    void choicesMayBeWrittenInThreeWays() throws IOException {
        Config config = read("""
            val-split: 0.7
            database_params:
              num_tables_choices: {range: [2, 4]}
              table-layout-choices: {kind: set, value: [Layered, RandomCauchy]}
            scm_params:
              activation_choices: relu
            """);
        assertEquals(0.7, config.get(TopParameters.VAL_SPLIT));
        assertEquals(Choices.range(2, 4), config.get(DatabaseParameters.NUM_TABLES_CHOICES));
        assertEquals(
                Choices.oneOf(Layout.LAYERED, Layout.RANDOM_CAUCHY),
                config.get(DatabaseParameters.TABLE_LAYOUT_CHOICES));
        assertEquals(Choices.oneOf(Activation.RELU), config.get(ScmParameters.ACTIVATION_CHOICES));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        database_params: {num_tabels_choices: 3}                  | num_tables_choices
        num_tables_choices: 3                                     | database_params
        scm_parms: {}                                             | scm_params
        database_params: {num_tables_choices: {range: [5, 3]}}    | num_tables_choices
        database_params: {num_tables_choices: {set: []}}          | empty
        database_params: {num_tables_choices: {range: [1, 2, 3]}} | two ends
        database_params: {num_tables_choices: {rnage: [1, 2]}}    | range
        database_params: {num_tables_choices: {kind: list, value: [1]}} | not range or set
        database_params: {num_tables_choices: [1, 2]}             | range or a set
        database_params: {num_tables_choices: 1.5}                | whole number
        database_params: {num_tables_choices: 0}                  | between 1 and
        database_params: {num_tables_choices: many}               | no whole number
        scm_params: {activation_choices: {set: [relo]}}           | did you mean relu
        scm_params: {ts_ar_rho_choices: 1.5}                      | ts_ar_rho_choices
        dag_params: {er_p_choices: {range: [a, b]}}               | er_p_choices
        parity: perhaps                                           | true nor false
        val_split: 0.95                                           | test_split
        database_params: {min_timestamp: 2025-01-01}              | min_timestamp
        database_params: 3                                        | database_params
        """)
    void whatIsWrongIsNamed(String text, String named) {
        RelataException error = assertThrows(RelataException.class, () -> read(text));
        assertEquals(RelataException.Kind.USAGE, error.kind());
        assertTrue(error.getMessage().contains(named), error.getMessage());
    }

    @Test
    void whatAProgramSetsIsCheckedToo() {
        assertThrows(RelataException.class, () -> Choices.range(2, 1));
        assertThrows(RelataException.class, () -> Choices.range(Double.NaN, 1));
        assertThrows(RelataException.class, () -> Choices.oneOf());
        RelataException error =
                assertThrows(RelataException.class, () -> Config.builder().set(DatabaseParameters.FK_SKEW_PROB, 1.5));
        assertTrue(error.getMessage().contains("fk_skew_prob"), error.getMessage());
    }

    @Test
    void powerLawsFavourTheSmall() {
        Draws draws = Key.of(1).draws();
        int ones = 0;
        for (int i = 0; i < 10_000; i++) {
            int drawn = Choices.range(1, 10).drawPowerLaw(draws);
            assertTrue(drawn >= 1 && drawn <= 10);
            ones += drawn == 1 ? 1 : 0;
        }
        assertEquals(10_000 / 2.928968, ones, 200);
        assertThrows(RelataException.class, () -> Choices.range(0, 10).drawPowerLaw(draws));
    }
}
