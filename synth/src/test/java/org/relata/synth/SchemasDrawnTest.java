package org.relata.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.relata.synth.config.Config;
import org.relata.synth.ddl.SchemaFile;
import org.relata.synth.ddl.Unmodelled;
import org.relata.synth.schema.ColumnPlan;
import org.relata.synth.schema.FeatureKind;
import org.relata.synth.schema.LinkPlan;
import org.relata.synth.schema.SchemaPlan;
import org.relata.synth.schema.TablePlan;
import org.relata.synth.table.TableShape;

/// Databases of schemas that are given.
final class SchemasDrawnTest {
    private static final Config TINY = Collected.tiny(Config.defaults()).build();

    @Test
    void theFourTableSchemaIsDrawnForEverySeed() {
        SchemaPlan plan = SchemaFile.parse("schema.sql", """
                CREATE TABLE users (user_id INTEGER PRIMARY KEY, status TEXT CHECK (status IN ('active', 'gone')));
                CREATE TABLE orders (
                    order_id INTEGER PRIMARY KEY,
                    user_id INTEGER NOT NULL REFERENCES users(user_id),
                    amount DOUBLE,
                    kind TEXT CHECK (kind IN ('web', 'shop', 'phone'))
                );
                CREATE TABLE products (product_id INTEGER PRIMARY KEY, price DOUBLE);
                CREATE TABLE order_items (
                    order_id INTEGER NOT NULL REFERENCES orders(order_id),
                    product_id INTEGER NOT NULL REFERENCES products(product_id),
                    quantity INT
                );
                """, Unmodelled.ABSENT_BYTES_LEFT_OUT)
                .plan();
        for (long seed = 0; seed < 20; seed++) {
            Collected all = Collected.of(SyntheticDataset.of(seed, TINY, plan), 1);
            assertEquals(Set.of("users", "orders", "products", "order_items"), all.shapes.keySet());
            for (TableShape table : all.shapes.values()) {
                table.foreignKeys()
                        .forEach(key -> all.column(table.name(), key.column())
                                .forEach(parent -> assertTrue(Long.parseLong(parent)
                                        < all.shapes.get(key.parent()).rows())));
            }
            assertTrue(List.of("web", "shop", "phone", "").containsAll(all.column("orders", "kind")));
        }
    }

    @Test
    void aChainOfSevenTablesHasItsRows() {
        List<TablePlan> tables = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            tables.add(new TablePlan(
                    "t" + i,
                    Optional.of("id"),
                    i == 0 ? List.of() : List.of(LinkPlan.of("before", "t" + (i - 1), false)),
                    List.of(
                            ColumnPlan.of("number", FeatureKind.NUMERIC),
                            new ColumnPlan("flag", FeatureKind.BOOLEAN, List.of(), OptionalInt.of(2))),
                    i % 2 == 0 ? Optional.of("date") : Optional.empty(),
                    OptionalLong.of(10)));
        }
        for (long seed = 0; seed < 5; seed++) {
            Collected all = Collected.of(SyntheticDataset.of(seed, TINY, SchemaPlan.of(tables)), 1);
            all.columns.values().forEach(columns -> columns.forEach(column -> assertEquals(10, column.size())));
        }
    }
}
