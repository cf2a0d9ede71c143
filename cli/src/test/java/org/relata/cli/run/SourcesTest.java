package org.relata.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcesTest {
    @ParameterizedTest
    @CsvSource({
        "/data/shop.duckdb, /data/shop.duckdb",
        "jdbc:postgresql://host/shop, jdbc:postgresql://host/shop",
        "jdbc:postgresql://host/shop?user=me&password=geheim, jdbc:postgresql://host/shop?user=me",
        "jdbc:postgresql://host/shop?password=geheim, jdbc:postgresql://host/shop",
        "jdbc:postgresql://host/shop?password=geheim&user=me&sslmode=require, jdbc:postgresql://host/shop?user=me&sslmode=require",
        "jdbc:postgresql://me:geheim@host:5432/shop, jdbc:postgresql://me@host:5432/shop",
        "jdbc:sqlserver://host;databaseName=shop;PASSWORD=geheim;user=me, jdbc:sqlserver://host;databaseName=shop;user=me",
    })
    void passwordsAreTakenOutAndNothingElse(String source, String shown) {
        assertEquals(shown, Sources.withoutSecrets(source));
    }
}
