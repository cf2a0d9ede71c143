package org.relata.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.Database;
import org.relata.features.Feature;

class PeerDfsBenchTest {
    @TempDir
    Path folder;

    @Test
    void theFeaturesAreThoseOfThePeerAndAgreeWithAPlainReading() {
        for (PeerDfsBench.Result result : PeerDfsBench.run(folder, 100, 1, 256L << 20, 2)) {
            assertEquals(
                    List.of(), result.agreement().differences(), result.load().name());
            assertTrue(result.agreement().values() >= 1_000, result.load().name());
            assertEquals(result.load().features(), result.plan().width());
            Set<String> names = new HashSet<>();
            result.plan().features().stream().map(Feature::name).forEach(names::add);
            assertEquals(result.load().features(), names.size(), "two features of one name");
        }
    }

    @Test
    void theShopIsTheOneThatWasMeasured() {
        try (Database shop = new PeerShop(PeerDfsBench.CUSTOMERS).write(folder.resolve("shop.duckdb"), 512L << 20, 2)) {
            for (PeerDfsBench.Load load : PeerDfsBench.Load.values()) {
                assertEquals(load.orders(), PeerDfsBench.ordersBefore(shop, load), load.name());
            }
            assertEquals(1_000_000, shop.rows("items"));
        }
    }
}
