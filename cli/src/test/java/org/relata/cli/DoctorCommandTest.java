package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relata.cli.Cli.Ran;
import tools.jackson.databind.JsonNode;

class DoctorCommandTest {
    @Test
    void everythingThatIsNeededIsThereWhereTestsRun() {
        Ran ran = Cli.run("doctor");
        assertEquals(0, ran.code(), ran.out());
        assertTrue(ran.out().endsWith("Relata can work here.\n"), ran.out());
        assertEquals("", ran.err());
    }

    @Test
    void jsonHasOneEntryACheck() {
        JsonNode json = Cli.run("doctor", "--json").json();
        assertTrue(json.get("ok").booleanValue());
        assertEquals(
                List.of("JDK", "memory", "processors", "disk", "DuckDB", "LightGBM", "JDBC drivers"),
                List.copyOf(json.get("checks").propertyNames()));
        assertTrue(json.at("/checks/JDBC drivers/found").stringValue().contains("postgresql"));
        assertTrue(json.at("/checks/DuckDB/found").stringValue().startsWith("v"));
    }
}
