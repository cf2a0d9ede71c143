package org.relata.database.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.relata.database.Database;
import org.relata.database.Inference;
import org.relata.database.RelataException;
import org.relata.database.Schema;
import org.relata.database.Sql;
import org.relata.database.check.IssueLog;
import org.relata.database.check.StoreChecks;
import org.relata.database.config.Choice;
import org.relata.database.config.DatabaseConfig;
import org.relata.database.config.DatabaseFile;
import org.relata.database.config.Nearest;
import org.relata.database.config.TableConfig;

/// The way in: opens any source as a [Database].
public final class Databases {
    private Databases() {}

    /// Copies a source into a store, settles its schema and checks its data.
    ///
    /// The store is written beside `workFile` and renamed once it is complete. Nothing of the source is changed.
    ///
    /// @throws RelataException naming the file, table or column at fault: what is wrong with the source, with
    ///     `database.yaml`, or with the data where `database.yaml` does not tolerate it
    public static Database open(OpenRequest request) {
        DatabaseConfig config = request.schema().map(DatabaseFile::read).orElseGet(DatabaseConfig::empty);
        Source source = SourceLocator.find(request.source(), request.progress());
        requireOtherFile(request);
        IssueLog issues = new IssueLog(config.policy());
        List<Inference> inferences = new ArrayList<>();
        try (Workspace workspace = new Workspace(request.workFile(), request.memoryBytes(), request.threads())) {
            LoadContext context =
                    new LoadContext(workspace, config, issues, inferences, new ArrayList<>(), request.progress());
            List<RawTable> tables = chosen(context, loaded(context, source));
            issues.stopIfFatal();
            context.progress().begin("settle the schema", -1);
            List<TablePlan> plans = new SchemaPlanner(context).plan(tables);
            issues.stopIfFatal();
            write(context, plans);
            Schema schema = new Schema(
                    config.name().orElse(source.name()),
                    plans.stream().map(TablePlan::table).toList(),
                    config.validationTime().or(source::validationTime),
                    config.testTime().or(source::testTime));
            new StoreChecks(workspace.duck(), schema, issues).run();
            issues.stopIfFatal();
            return new Database(schema, workspace.finish(), issues.issues(), inferences);
        }
    }

    /// The store replaces what lies in its place, so it must not be the source itself.
    private static void requireOtherFile(OpenRequest request) {
        String source = request.source().replaceFirst("^jdbc:(duckdb|sqlite):", "");
        if (JdbcAddress.matches(source) || !Files.exists(Path.of(source)) || !Files.exists(request.workFile())) {
            return;
        }
        boolean same;
        try {
            same = Files.isSameFile(Path.of(source), request.workFile()); // through links too
        } catch (IOException e) {
            throw RelataException.failure(
                    "store.source", request.source(), "it cannot be read: " + e.getMessage(), "check its permissions");
        }
        if (same) {
            throw RelataException.usage(
                    "store.source",
                    request.workFile().toString(),
                    "it is both the source and the store to write",
                    "name another store");
        }
    }

    /// A source as it may be written into files and messages: without user and password.
    public static String withoutPassword(String source) {
        return JdbcAddress.matches(source) ? JdbcAddress.parse(source, Map.of()).url() : source;
    }

    /// The raw tables that are needed; stops when the source has none at all.
    private static List<RawTable> loaded(LoadContext context, Source source) {
        List<RawTable> tables = source.load(context);
        boolean nothing = tables.isEmpty()
                && context.config().tables().values().stream()
                        .allMatch(t -> t.sql().isEmpty());
        if (nothing && context.available().isEmpty()) {
            throw RelataException.usage(
                    "source.empty",
                    source.name(),
                    "there is no table in it",
                    "name a folder that holds .csv, .csv.gz, .tsv or .parquet files, or a database with tables");
        }
        return tables;
    }

    private static void write(LoadContext context, List<TablePlan> plans) {
        StoreBuilder builder = new StoreBuilder(context.workspace(), context.issues(), plans);
        context.progress().begin("write the store", 2L * plans.size());
        int done = 0;
        for (TablePlan plan : plans) {
            LoadContext.stopIfInterrupted();
            builder.number(plan);
            context.progress().done(++done);
        }
        for (TablePlan plan : plans) {
            LoadContext.stopIfInterrupted();
            builder.write(plan);
            context.progress().done(++done);
        }
    }

    /// The tables of the database: those that `database.yaml` lists, or every table of the source.
    private static List<RawTable> chosen(LoadContext context, List<RawTable> raw) {
        Map<String, TableConfig> declared = context.config().tables();
        if (declared.isEmpty()) {
            return raw;
        }
        List<RawTable> result = new ArrayList<>();
        for (Map.Entry<String, TableConfig> entry : declared.entrySet()) {
            String name = entry.getKey();
            result.add(
                    entry.getValue().sql().isPresent()
                            ? derived(context, name, entry.getValue())
                            : raw.stream()
                                    .filter(t -> t.name().equals(name))
                                    .findFirst()
                                    .orElseThrow(() -> RelataException.usage(
                                            "table.unknown",
                                            "database.yaml, table " + name,
                                            "the source has no table of this name",
                                            Nearest.remedy(name, context.available()))));
        }
        return result;
    }

    /// The primary key where it is declared and there, all columns otherwise.
    private static String order(Workspace workspace, String query, TableConfig table) {
        if (!(table.primaryKey() instanceof Choice.Given<List<String>>(var key))) {
            return "ALL";
        }
        List<String> columns = workspace.duck().query("DESCRIBE (\n" + query + "\n)", row -> row.getString(1));
        return columns.containsAll(key)
                ? String.join(", ", key.stream().map(Sql::id).toList())
                : "ALL";
    }

    /// Runs the SQL that defines a table.
    ///
    /// Its rows are put in the order of the declared primary key, or of all columns, because a join delivers them in an
    /// order of its own from run to run, and rows of one time keep the order they have here.
    private static RawTable derived(LoadContext context, String name, TableConfig table) {
        Workspace workspace = context.workspace();
        String from = workspace.derived(name);
        String query = table.sql().orElseThrow().strip();
        String bare = query.endsWith(";") ? query.substring(0, query.length() - 1) : query;
        workspace.withRawNames(() -> {
            try {
                workspace
                        .duck()
                        .execute("CREATE TABLE " + from + " AS SELECT * FROM (\n" + bare + "\n) ORDER BY "
                                + order(workspace, bare, table));
            } catch (RelataException e) {
                throw RelataException.usage(
                                "table.sql",
                                "database.yaml, table " + name,
                                "its SQL fails (" + e.problem() + ")",
                                "correct it; it sees the raw tables under their own names")
                        .causedBy(e);
            }
        });
        return new RawTable(name, from, workspace.attributes(from), workspace.rows(from), Declared.nothing(), true);
    }
}
