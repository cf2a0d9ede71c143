package org.relata.features.leak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.relata.database.DataIssue;
import org.relata.database.DataIssue.Severity;
import org.relata.database.Database;
import org.relata.database.Schema;
import org.relata.database.Table;
import org.relata.features.leak.SqlReading.Block;
import org.relata.features.leak.SqlReading.ColumnName;
import org.relata.features.leak.SqlReading.Comparison;
import org.relata.features.leak.SqlReading.Relation;
import org.relata.features.plan.FeaturePlan;
import org.relata.features.plan.PathQuery;
import org.relata.features.sql.PlanStatements;
import org.relata.features.sql.PlanStatements.Role;
import org.relata.features.sql.PlanStatements.Statement;
import tools.jackson.databind.JsonNode;

/// The proof that features read nothing after the cut-off.
///
/// It does not believe the planner. It lets DuckDB parse every statement that is going to run and checks, by the
/// database's own schema which tables are dated:
///
/// 1. the encoded form of a table reads that table alone, row by row, and takes `__time` from its time column;
/// 2. wherever an encoded dated table is read, its rows satisfy `__time < cutoff` of the pair they are read for (`<=`
/// for
///    a parent or the entity itself where the plan makes the cut-off visible), or they are the very rows an anchor
///    leads to, for which this was shown before;
/// 3. nothing else is read but pairs, anchors, keys and joins shown before, and tables of the database itself under the
/// same
///    bound on their own time column.
///
/// @param features how many features the plan has
/// @param proven for how many of them every dated row they read is shown to lie before the cut-off
/// @param undated how many read undated tables only
/// @param findings `time.unproven` for every statement where the proof fails, with the features it spoils
public record CutOffProof(int features, int proven, int undated, List<DataIssue> findings) {
    /// Copies the list.
    public CutOffProof {
        findings = List.copyOf(findings);
    }

    /// Proves a plan.
    ///
    /// @param database the open database; only its parser is used
    /// @param view the schema the plan was made for
    public static CutOffProof of(Database database, Schema view, FeaturePlan plan) {
        CutOffProof encoded = of(database, view, plan, PlanStatements.of(plan));
        // A table may also be read as it is, where that costs less: the bounds then stand on its own time column.
        return encoded.findings().isEmpty() ? of(database, view, plan, PlanStatements.of(plan, Set.of())) : encoded;
    }

    /// Proves given statements of a plan; tests alter them.
    static CutOffProof of(Database database, Schema view, FeaturePlan plan, List<Statement> statements) {
        return new Prover(database, view, plan).prove(statements);
    }

    /// The state of a proof: what has been shown so far.
    private static final class Prover {
        private static final String PAIRS = "features.pairs";
        private static final String ENCODED = "t ";
        private static final String USES = "(pairs by key)";

        private final Database database;
        private final Schema view;
        private final FeaturePlan plan;
        /// The relations shown to be right, each with the table whose visible rows its column `row` numbers.
        private final Map<String, String> shown = new HashMap<>();

        private final Map<String, String> failures = new HashMap<>();

        Prover(Database database, Schema view, FeaturePlan plan) {
            this.database = database;
            this.view = view;
            this.plan = plan;
        }

        CutOffProof prove(List<Statement> statements) {
            Map<String, String> broken = new HashMap<>();
            for (Statement statement : statements) {
                Optional<String> failure = SqlReading.of(database.store(), statement.select())
                        .map(reading -> check(statement, reading))
                        .orElse(Optional.of("DuckDB does not say how it reads the statement"));
                failure.ifPresent(f -> {
                    failures.putIfAbsent(statement.subject(), f);
                    statement.query().ifPresent(q -> broken.putIfAbsent(q.name(), f));
                });
            }
            int proven = 0;
            int undated = 0;
            List<DataIssue> findings = new ArrayList<>();
            for (PathQuery query : plan.queries()) {
                int width = query.outputs().size();
                String failure = broken.get(query.name());
                if (failure != null) {
                    findings.add(finding(query, failure));
                } else if (query.path().tables().stream().anyMatch(this::dated)) {
                    proven += width;
                } else {
                    undated += width;
                }
            }
            return new CutOffProof(plan.width(), proven, undated, findings);
        }

        private static DataIssue finding(PathQuery query, String failure) {
            return new DataIssue(
                    LeakCodes.UNPROVEN,
                    Severity.ERROR,
                    query.path().table(),
                    Optional.empty(),
                    // Counts are of rows, and this is about none of them.
                    0,
                    "it is not proven that the %d features of query %s (%s) read only rows dated before the cut-off: %s"
                            .formatted(
                                    query.outputs().size(),
                                    query.name(),
                                    String.join(" → ", query.path().tables()),
                                    failure),
                    "this is a fault of Relata: please report it with the output of `relata features --sql`");
        }

        private boolean dated(String table) {
            return view.require(table).timeColumn().isPresent();
        }

        private Optional<String> check(Statement statement, SqlReading reading) {
            return switch (statement.role()) {
                case ENCODE -> encode(statement, reading);
                case ANCHOR -> anchor(statement, reading);
                case JOIN -> join(statement, reading);
                case KEYS, USES, FEATURES -> {
                    Optional<String> failure = reads(reading);
                    if (failure.isEmpty() && statement.role() != Role.FEATURES) {
                        shown.put(statement.subject(), statement.role() == Role.KEYS ? "" : USES);
                    }
                    yield failure;
                }
            };
        }

        private Optional<String> encode(Statement statement, SqlReading reading) {
            Table table = view.require(statement.subject());
            Block block = reading.blocks().getFirst();
            boolean alone = reading.blocks().size() == 1
                    && block.strange().isEmpty()
                    && block.relations().size() == 1
                    && block.relations().getFirst().qualified().equals("main." + table.name());
            if (!alone) {
                return Optional.of("the encoded form of " + table.name() + " reads more than that table");
            }
            Optional<String> time =
                    block.item("__time").flatMap(SqlReading::column).map(ColumnName::name);
            if (!time.equals(table.timeColumn())) {
                return Optional.of("the encoded form of %s takes its time from %s, not from %s"
                        .formatted(
                                table.name(),
                                time.orElse("nothing"),
                                table.timeColumn().orElse("nothing")));
            }
            shown.put("features." + ENCODED + table.name(), table.name());
            return Optional.empty();
        }

        private Optional<String> anchor(Statement statement, SqlReading reading) {
            Optional<String> failure = reads(reading);
            if (failure.isPresent()) {
                return failure;
            }
            if (reading.blocks().size() != 1) {
                return Optional.of(statement.subject() + " is not one SELECT");
            }
            Block block = reading.blocks().getFirst();
            Optional<ColumnName> row = block.item("row").flatMap(Prover::rowNumber);
            Optional<Relation> from = row.flatMap(r -> block.relation(r.alias()));
            if (row.isEmpty() || from.isEmpty()) {
                return Optional.of(statement.subject() + " leads to no known row");
            }
            boolean entity =
                    from.get().qualified().equals(PAIRS) && row.get().name().equals("entity");
            if (entity && dated(plan.entityTable())) {
                return Optional.of("entities are read whether or not they exist at the cut-off");
            }
            String table = entity ? plan.entityTable() : tableOf(from.get()).orElse("");
            if (!entity && (table.isEmpty() || !row.get().name().equals(Database.ROW))) {
                return Optional.of(statement.subject() + " leads to no row of a table");
            }
            shown.put(statement.subject(), table);
            return Optional.empty();
        }

        /// A join that is kept carries the key and the cut-off, of one and the same, under which its rows were read.
        private Optional<String> join(Statement statement, SqlReading reading) {
            Optional<String> failure = reads(reading);
            if (failure.isPresent()) {
                return failure;
            }
            Block block = reading.blocks().getFirst();
            Optional<ColumnName> key = block.item("key").flatMap(SqlReading::column);
            Optional<ColumnName> cutoff = block.item("cutoff").flatMap(SqlReading::column);
            boolean carried = reading.blocks().size() == 1
                    && key.isPresent()
                    && cutoff.isPresent()
                    && key.get().name().equals("key")
                    && cutoff.get().name().equals("cutoff")
                    && key.get().alias().equals(cutoff.get().alias())
                    && block.relation(key.get().alias())
                            .map(r -> "".equals(shown.get(r.qualified())))
                            .orElse(false);
            if (!carried) {
                return Optional.of(statement.subject() + " does not carry the cut-off its rows were read under");
            }
            shown.put(statement.subject(), "");
            return Optional.empty();
        }

        /// The column that gives row numbers: itself, or the largest of a group.
        private static Optional<ColumnName> rowNumber(JsonNode item) {
            boolean largest = item.path("function_name").asString("").equals("max");
            JsonNode arguments = item.has("arguments") ? item.path("arguments") : item.path("children");
            JsonNode inner = largest && arguments.size() == 1 ? arguments.get(0) : item;
            return SqlReading.column(inner.has("expression") ? inner.path("expression") : inner);
        }

        private Optional<String> encodedTable(Relation relation) {
            return relation.schema().equals("features") && relation.name().startsWith(ENCODED)
                    ? Optional.of(relation.name().substring(ENCODED.length()))
                    : Optional.empty();
        }

        private Optional<String> tableOf(Relation relation) {
            return isSource(relation) ? Optional.of(relation.name()) : encodedTable(relation);
        }

        /// Whether a statement reads only what it may; the first fault otherwise.
        private Optional<String> reads(SqlReading reading) {
            Set<String> known = new TreeSet<>(shown.keySet());
            known.add(PAIRS);
            for (Block block : reading.blocks()) {
                if (!block.strange().isEmpty()) {
                    return Optional.of("it reads " + String.join(", ", block.strange()));
                }
                for (Relation relation : block.relations()) {
                    boolean common =
                            relation.schema().isEmpty() && reading.shared().contains(relation.name());
                    if (!common && !known.contains(relation.qualified()) && !isSource(relation)) {
                        String cause = failures.entrySet().stream()
                                .filter(f -> relation.qualified().endsWith(f.getKey()))
                                .map(f -> ": " + f.getValue())
                                .findFirst()
                                .orElse("");
                        return Optional.of("it reads " + relation.qualified() + cause);
                    }
                    Optional<String> table = tableOf(relation);
                    if (table.isPresent() && dated(table.get()) && !bounded(block, relation, table.get())) {
                        return Optional.of("rows of " + table.get() + " are read without a bound by the cut-off");
                    }
                }
                if (!together(block)) {
                    return Optional.of("rows of one pair may meet the cut-off of another");
                }
            }
            return Optional.empty();
        }

        private boolean isSource(Relation relation) {
            return relation.schema().equals("main")
                    && view.table(relation.name()).isPresent();
        }

        private boolean bounded(Block block, Relation relation, String table) {
            String timeColumn =
                    isSource(relation) ? view.require(table).timeColumn().orElse("") : "__time";
            boolean one = false;
            for (Comparison c : relation.conditions()) {
                one |= c.operator().equals("=") && mentions(c, relation.alias(), Database.ROW);
            }
            for (Comparison c : relation.conditions()) {
                Optional<Relation> other = block.relation(c.right().alias());
                boolean time = c.left().equals(new ColumnName(relation.alias(), timeColumn))
                        && c.right().name().equals("cutoff")
                        && other.map(this::carriesCutOff).orElse(false);
                // Rows dated exactly at the cut-off are visible only where one row is sought, and the plan says so.
                if (time && (c.operator().equals("<") || (c.operator().equals("<=") && one && plan.includeCutoff()))) {
                    return true;
                }
            }
            return relation.conditions().stream().anyMatch(c -> isRowOfAnchor(block, c, relation.alias(), table));
        }

        private static boolean sameColumn(Comparison c, String alias, String column) {
            return c.operator().equals("=")
                    && mentions(c, alias, column)
                    && c.left().name().equals(c.right().name());
        }

        private static boolean mentions(Comparison c, String alias, String column) {
            ColumnName name = new ColumnName(alias, column);
            return c.left().equals(name) || c.right().equals(name);
        }

        /// Whether a comparison says that a relation's row is the one that an anchor, shown before, leads to.
        private boolean isRowOfAnchor(Block block, Comparison c, String alias, String table) {
            if (!c.operator().equals("=") || !mentions(c, alias, Database.ROW)) {
                return false;
            }
            ColumnName other = c.left().alias().equals(alias) ? c.right() : c.left();
            return other.name().equals("row")
                    && block.relation(other.alias())
                            .map(r -> table.equals(shown.get(r.qualified())))
                            .orElse(false);
        }

        private boolean carriesCutOff(Relation relation) {
            return relation.qualified().equals(PAIRS) || "".equals(shown.get(relation.qualified()));
        }

        /// Whether pairs, anchors and keys that meet in a FROM belong to the same pair and the same cut-off.
        private boolean together(Block block) {
            List<Relation> carriers = block.relations().stream()
                    .filter(r -> r.schema().equals("features"))
                    .filter(r -> encodedTable(r).isEmpty())
                    .toList();
            for (Relation relation : carriers) {
                boolean uses = USES.equals(shown.get(relation.qualified()));
                if (uses && relation.conditions().stream().noneMatch(c -> sameColumn(c, relation.alias(), "key"))) {
                    return false;
                }
            }
            if (carriers.size() < 2) {
                return true;
            }
            for (Relation relation : carriers.subList(1, carriers.size())) {
                boolean keys = "".equals(shown.get(relation.qualified()));
                String link = keys ? "cutoff" : "pair";
                boolean equal = relation.conditions().stream().anyMatch(c -> sameColumn(c, relation.alias(), link));
                if (!equal && !block.joined().contains(link)) {
                    return false;
                }
            }
            return true;
        }
    }
}
