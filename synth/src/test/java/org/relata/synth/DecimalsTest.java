package org.relata.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.relata.synth.config.Config;
import org.relata.synth.ddl.SchemaFile;
import org.relata.synth.ddl.Unmodelled;
import org.relata.synth.schema.ColumnPlan;
import org.relata.synth.schema.Decimals;
import org.relata.synth.schema.SchemaPlan;

final class DecimalsTest {
    private static final SchemaPlan PLAN = SchemaFile.parse("schema.sql", """
                    CREATE DOMAIN rate AS DECIMAL(3, 3) CHECK (value < 1);
                    CREATE TABLE bill (
                        id INT PRIMARY KEY,
                        total NUMERIC(10, 2) NOT NULL,
                        mark DECIMAL(2, 1) NOT NULL,
                        pieces NUMERIC(3) NOT NULL,
                        vat rate NOT NULL,
                        weight FLOAT(7, 3) NOT NULL,
                        large NUMERIC(38, 10) NOT NULL,
                        anything NUMERIC NOT NULL,
                        approximate FLOAT(24) NOT NULL,
                        answer NUMERIC(4, 1) CHECK (answer IN (1.5, 2.5)) NOT NULL
                    );
                    """, Unmodelled.ABSENT_BYTES_LEFT_OUT)
            .plan();

    private static final Map<String, Decimals> WANTED = Map.of(
            "total", new Decimals(10, 2),
            "mark", new Decimals(2, 1),
            "pieces", new Decimals(3, 0),
            "vat", new Decimals(3, 3),
            "weight", new Decimals(7, 3),
            "large", new Decimals(38, 10));

    @Test
    void aTypeSaysWhatFitsIntoIt() {
        for (ColumnPlan column : PLAN.tables().getFirst().columns()) {
            assertEquals(Optional.ofNullable(WANTED.get(column.name())), column.decimals(), column.name());
        }
    }

    @Test
    void everyNumberFitsAndNoColumnIsConstant() {
        for (long seed = 0; seed < 12; seed++) {
            Collected all = Collected.of(
                    SyntheticDataset.of(seed, Collected.tiny(Config.defaults()).build(), PLAN), 1);
            for (Map.Entry<String, Decimals> column : WANTED.entrySet()) {
                List<String> cells = all.column("bill", column.getKey());
                String what = "seed " + seed + ", " + column.getKey();
                cells.forEach(cell -> assertFits(new BigDecimal(cell), column.getValue(), what));
                assertTrue(new HashSet<>(cells).size() > 2, () -> what + ": " + cells);
            }
        }
    }

    private static void assertFits(BigDecimal number, Decimals type, String what) {
        BigDecimal plain = number.stripTrailingZeros();
        assertTrue(plain.scale() <= type.scale(), () -> what + " has " + number);
        BigDecimal bound = BigDecimal.TEN.pow(type.precision() - type.scale());
        assertTrue(plain.abs().compareTo(bound) < 0, () -> what + " has " + number);
    }
}
