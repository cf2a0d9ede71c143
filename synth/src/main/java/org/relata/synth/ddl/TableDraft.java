package org.relata.synth.ddl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A table while the file is read; later statements may still add to it.
final class TableDraft {
    final QualifiedName name;
    final SequencedMap<String, ColumnDraft> columns = new LinkedHashMap<>();
    final List<LinkDraft> links = new ArrayList<>();
    final List<Labels> checks = new ArrayList<>();
    List<Token> primaryKey = List.of();

    TableDraft(QualifiedName name) {
        this.name = name;
    }

    /// Takes a primary key; a second one must be the same, as dumps sometimes say it twice.
    void primaryKey(List<Token> key, TokenCursor cursor) {
        if (!primaryKey.isEmpty() && !keys(primaryKey).equals(keys(key))) {
            throw cursor.unsupported(
                    key.getFirst(),
                    "table " + name.shown() + " has a second primary key",
                    "keep one; a key of several columns is written PRIMARY KEY (a, b) at the end of the table");
        }
        primaryKey = List.copyOf(key);
    }

    private static List<String> keys(List<Token> names) {
        return names.stream().map(Token::key).toList();
    }
}
