package org.relata.database.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relata.database.Duck;
import org.relata.database.RelataException;
import org.relata.database.Sql;
import org.relata.database.config.Choice;

/// A DuckDB file, opened for reading only, with the keys it declares.
///
/// Tables and views of schema `main` keep their names; those of other schemas are called `schema_table`.
record DuckFileSource(Path path) implements Source {
    private static final String CATALOG = "relata_source";

    private record Entry(String schema, String table) {
        String name() {
            return schema.equals("main") ? table : schema + "_" + table;
        }
    }

    @Override
    public String name() {
        String file = String.valueOf(path.getFileName());
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }

    @Override
    public List<RawTable> load(LoadContext context) {
        Duck duck = context.workspace().duck();
        try {
            duck.execute("ATTACH " + Sql.text(path.toAbsolutePath().toString()) + " AS " + CATALOG + " (READ_ONLY)");
        } catch (RelataException e) {
            throw RelataException.usage(
                            "source.duckdb",
                            path.toString(),
                            "it cannot be opened as a DuckDB file (" + e.problem() + ")",
                            "check that it is complete and that no other process is writing to it")
                    .causedBy(e);
        }
        try {
            return copy(context, duck);
        } finally {
            duck.execute("DETACH " + CATALOG);
        }
    }

    private static List<RawTable> copy(LoadContext context, Duck duck) {
        List<Entry> entries = duck.query(
                "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = '" + CATALOG
                        + "' AND NOT internal UNION ALL SELECT schema_name, view_name FROM duckdb_views() WHERE "
                        + "database_name = '" + CATALOG + "' AND NOT internal ORDER BY ALL",
                row -> new Entry(String.valueOf(row.getString(1)), String.valueOf(row.getString(2))));
        entries.forEach(e -> context.available().add(e.name()));
        Map<Entry, Declared> declared = declared(duck, entries);
        List<Entry> wanted =
                entries.stream().filter(e -> context.needs(e.name())).toList();
        context.progress().begin("copy tables", wanted.size());
        List<RawTable> result = new ArrayList<>();
        for (Entry entry : wanted) {
            LoadContext.stopIfInterrupted();
            String raw = context.workspace().raw(entry.name());
            duck.execute("CREATE TABLE " + raw + " AS SELECT * FROM " + CATALOG + "." + Sql.id(entry.schema()) + "."
                    + Sql.id(entry.table()));
            result.add(new RawTable(
                    entry.name(),
                    raw,
                    context.workspace().attributes(raw),
                    context.workspace().rows(raw),
                    declared.getOrDefault(entry, Declared.nothing()),
                    true));
            context.progress().done(result.size());
        }
        return result;
    }

    private record Constraint(Entry entry, boolean primary, List<String> columns, String target, List<String> there) {}

    private static Map<Entry, Declared> declared(Duck duck, List<Entry> entries) {
        List<Constraint> constraints = duck.query(
                "SELECT schema_name, table_name, constraint_type, constraint_column_names, referenced_table, "
                        + "referenced_column_names FROM duckdb_constraints() WHERE database_name = '" + CATALOG
                        + "' AND constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY') ORDER BY table_oid, constraint_index",
                row -> new Constraint(
                        new Entry(String.valueOf(row.getString(1)), String.valueOf(row.getString(2))),
                        "PRIMARY KEY".equals(row.getString(3)),
                        names(row.getArray(4)),
                        String.valueOf(row.getString(5)),
                        names(row.getArray(6))));
        Map<Entry, DeclaredKeys> keys = new LinkedHashMap<>();
        entries.forEach(e -> keys.put(e, new DeclaredKeys()));
        for (Constraint c : constraints) {
            DeclaredKeys of = keys.computeIfAbsent(c.entry(), e -> new DeclaredKeys());
            if (c.primary()) {
                of.primaryKey(c.columns());
            } else {
                of.link(c.columns(), new Entry(c.entry().schema(), c.target()).name(), c.there());
            }
        }
        Map<String, List<String>> primaryKeys = new LinkedHashMap<>();
        keys.forEach((entry, of) -> primaryKeys.put(entry.name(), of.primaryKey()));
        Map<Entry, Declared> result = new LinkedHashMap<>();
        keys.forEach((entry, of) -> result.put(entry, of.declared(primaryKeys, Choice.inferred())));
        return result;
    }

    private static List<String> names(java.sql.Array array) throws java.sql.SQLException {
        List<String> result = new ArrayList<>();
        for (Object name : (Object[]) array.getArray()) {
            result.add(String.valueOf(name));
        }
        return result;
    }
}
