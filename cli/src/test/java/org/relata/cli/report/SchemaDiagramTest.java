package org.relata.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.relata.database.Schema;
import org.relata.database.Table;

class SchemaDiagramTest {
    @Test
    void drawsABoxForEachTableAndAnArrowForEachLink() {
        Page page = Page.of(SchemaDiagram.svg(Samples.formulaOne(), Map.of(), SchemaUsage.none()));
        assertEquals(9, page.texts("name").size());
        assertEquals(13, page.texts("link").size());
        assertTrue(page.texts("link").contains("results.driverId → drivers"));
        assertTrue(page.texts("idle").isEmpty() && page.texts("heat").isEmpty());
    }

    @Test
    void shadesWhatFeaturesReadAndDimsTheRest() {
        SchemaUsage usage = SchemaUsage.of("drivers", Samples.binary().result().importances());
        Page page = Page.of(SchemaDiagram.svg(Samples.formulaOne(), Map.of(), usage));
        assertEquals(1, page.texts("entity").size());
        assertTrue(page.texts("idle").getFirst().contains("constructor_results"));
        assertEquals(1, page.texts("idle").size());
        assertTrue(page.texts("used").contains("results.driverId → drivers"));
        assertFalse(page.texts("used").contains("constructor_results.raceId → races"));
        assertEquals(usage.importance().size(), page.texts("heat").size());
    }

    @Test
    void importanceGoesToTheTableThatIsSummarised() {
        SchemaUsage usage = SchemaUsage.of("drivers", Samples.binary().result().importances());
        assertEquals("results", usage.importance().keySet().iterator().next());
        assertEquals(0.026, usage.importance().get("circuits"), 1e-12);
        assertTrue(usage.uses("races") && !usage.importance().containsKey("races"));
    }

    @Test
    void cyclesAndLinksToItselfAreDrawn() {
        Schema schema = new Schema(
                "loops",
                List.of(
                        Samples.table("people", "id", "", List.of("people", "teams")),
                        Samples.table("teams", "id", "", List.of("people", "people")),
                        Samples.table("alone", "id", "", List.of())),
                Optional.empty(),
                Optional.empty());
        Page page = Page.of(SchemaDiagram.svg(schema, Map.of(), SchemaUsage.none()));
        assertEquals(3, page.texts("name").size());
        assertEquals(4, page.texts("link").size());
    }

    @Test
    void namesAreEscapedAndShortened() {
        Table table = Samples.table("a <very> long & \"quoted\" name of a table of orders", "x<y", "", List.of());
        Schema schema = new Schema("<s>", List.of(table), Optional.empty(), Optional.empty());
        Page page = Page.of(SchemaDiagram.svg(schema, Map.of(), SchemaUsage.none()));
        assertTrue(page.texts("name").getFirst().endsWith("…"));
        assertTrue(page.all("title").stream().anyMatch(t -> t.getTextContent().startsWith(table.name())));
    }

    @Test
    void ofHundredsOfTablesThoseNearTheUsedAreDrawn() {
        List<Table> tables = new ArrayList<>();
        tables.add(Samples.table("t0", "id", "", List.of()));
        for (int i = 1; i < 300; i++) {
            tables.add(Samples.table("t" + i, "id", "", List.of("t" + (i - 1) / 3)));
        }
        Schema schema = new Schema("wide", tables, Optional.empty(), Optional.empty());
        SchemaUsage usage = new SchemaUsage(Optional.of("t5"), Map.of("t1", 1.0), java.util.Set.of());
        List<String> drawn = Page.of(SchemaDiagram.svg(schema, Map.of(), usage)).texts("name");
        // t1 and t5 with their parents and children.
        assertEquals(List.of("t0", "t1", "t4", "t5", "t6", "t16", "t17", "t18"), drawn);
        assertEquals(292, SchemaDiagram.omitted(schema, usage));
        assertEquals(
                60,
                Page.of(SchemaDiagram.svg(schema, Map.of(), SchemaUsage.none()))
                        .texts("name")
                        .size());
    }

    @Test
    void anEmptySchemaIsStillAPicture() {
        Page.of(SchemaDiagram.svg(
                new Schema("none", List.of(), Optional.empty(), Optional.empty()), Map.of(), SchemaUsage.none()));
    }

    @Test
    void mermaidQuotesNames() {
        Schema schema = new Schema(
                "m",
                List.of(
                        Samples.table("order \"lines\"", "order id", "at", List.of("Käufer")),
                        Samples.table("Käufer", "id", "", List.of())),
                Optional.empty(),
                Optional.empty());
        assertEquals("""
                erDiagram
                    "order ''lines''" {
                        numeric order_id PK
                        numeric KäuferId FK
                        timestamp at "time"
                    }
                    "Käufer" {
                        numeric id PK
                    }
                    "Käufer" ||--o{ "order ''lines''" : "KäuferId"
                """, SchemaDiagram.mermaid(schema));
    }

    @Test
    void textNamesLinksBothWays() {
        Schema schema = new Schema(
                "t",
                List.of(
                        Samples.table("orders", "id", "at", List.of("buyers")),
                        Samples.table("buyers", "id", "", List.of())),
                Optional.empty(),
                Optional.empty());
        LocalDateTime first = LocalDateTime.of(2024, 1, 31, 8, 0);
        assertEquals(
                """
                orders  1,200 rows   key id   time at (31 Jan 2024 to 1 Feb 2024)
                        → buyers  by buyerId
                buyers  key id
                        ← orders.buyerId
                """,
                SchemaDiagram.text(
                        schema,
                        Map.of("orders", new TableFacts(1_200, Optional.of(first), Optional.of(first.plusDays(1))))));
    }
}
