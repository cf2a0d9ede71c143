package org.relata.features.leak;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relata.database.Duck;
import org.relata.database.Sql;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A SELECT as DuckDB's own parser reads it: which relations it names, and which conditions hold for the rows of each.
///
/// @param blocks every SELECT in it, nested ones included
/// @param shared the names it gives to its common table expressions
record SqlReading(List<Block> blocks, Set<String> shared) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /// One SELECT with its FROM.
    ///
    /// @param relations what stands in its FROM
    /// @param joined columns that are equal on both sides of some join of the FROM (`USING`)
    /// @param items its select list
    /// @param strange what stands in its FROM that is neither a table, a join nor a SELECT
    record Block(List<Relation> relations, Set<String> joined, List<JsonNode> items, List<String> strange) {
        Optional<Relation> relation(String alias) {
            return relations.stream().filter(r -> r.alias().equals(alias)).findFirst();
        }

        /// The item of that name in the select list.
        Optional<JsonNode> item(String name) {
            return items.stream()
                    .filter(i -> i.path("alias").asString("").equals(name)
                            || (i.path("alias").asString("").isEmpty()
                                    && column(i).map(c -> c.name().equals(name)).orElse(false)))
                    .findFirst();
        }
    }

    /// A table in a FROM.
    ///
    /// @param schema its schema, empty when not given
    /// @param name its name
    /// @param alias what the SELECT calls it
    /// @param conditions comparisons that every one of its rows in the result satisfies
    record Relation(String schema, String name, String alias, List<Comparison> conditions) {
        String qualified() {
            return schema + "." + name;
        }
    }

    /// A column by the alias of its relation.
    record ColumnName(String alias, String name) {}

    /// A comparison of two columns: `=`, `<` or `<=`; greater-than is turned round.
    record Comparison(String operator, ColumnName left, ColumnName right) {}

    /// Reads a SELECT.
    ///
    /// @return nothing when DuckDB cannot say how it reads it
    static Optional<SqlReading> of(Duck duck, String select) {
        String json = duck.query("SELECT json_serialize_sql(" + Sql.text(select) + ")", row -> row.getString(1))
                .getFirst();
        JsonNode tree = JSON.readTree(json);
        if (tree.path("error").asBoolean(true) || tree.path("statements").size() != 1) {
            return Optional.empty();
        }
        List<Block> blocks = new ArrayList<>();
        Set<String> shared = new HashSet<>();
        collect(tree, blocks, shared);
        return Optional.of(new SqlReading(blocks, shared));
    }

    private static void collect(JsonNode node, List<Block> blocks, Set<String> shared) {
        if (node.path("type").asString("").equals("SELECT_NODE")) {
            blocks.add(block(node));
            node.path("cte_map")
                    .path("map")
                    .forEach(e -> shared.add(e.path("key").asString("")));
        }
        for (JsonNode child : node) {
            collect(child, blocks, shared);
        }
    }

    private static Block block(JsonNode select) {
        Block block = new Block(new ArrayList<>(), new HashSet<>(), new ArrayList<>(), new ArrayList<>());
        select.path("select_list").forEach(block.items()::add);
        from(select.path("from_table"), comparisons(select.path("where_clause")), block);
        return block;
    }

    private static void from(JsonNode node, List<Comparison> holding, Block block) {
        String type = node.path("type").asString("");
        switch (type) {
            case "BASE_TABLE" -> {
                String name = node.path("table_name").asString("");
                String alias = node.path("alias").asString("");
                block.relations()
                        .add(new Relation(
                                node.path("schema_name").asString(""), name, alias.isEmpty() ? name : alias, holding));
            }
            case "JOIN" -> {
                String kind = node.path("join_type").asString("");
                List<Comparison> both = new ArrayList<>(holding);
                both.addAll(comparisons(node.path("condition")));
                node.path("using_columns").forEach(c -> block.joined().add(c.asString("")));
                // An outer join keeps rows of its outer side whatever its condition says.
                from(node.path("left"), kind.equals("INNER") ? both : holding, block);
                from(node.path("right"), kind.equals("INNER") || kind.equals("LEFT") ? both : holding, block);
                if (!kind.equals("INNER") && !kind.equals("LEFT")) {
                    block.strange().add(kind + " join");
                }
            }
            // A nested SELECT is a block of its own.
            case "SUBQUERY", "EMPTY" -> {}
            default -> block.strange().add(type.isEmpty() ? "nothing known" : type);
        }
    }

    private static List<Comparison> comparisons(JsonNode condition) {
        List<Comparison> found = new ArrayList<>();
        String type = condition.path("type").asString("");
        if (type.equals("CONJUNCTION_AND")) {
            condition.path("children").forEach(c -> found.addAll(comparisons(c)));
            return found;
        }
        Optional<ColumnName> left = column(condition.path("left"));
        Optional<ColumnName> right = column(condition.path("right"));
        if (left.isPresent() && right.isPresent()) {
            Map<String, String> straight =
                    Map.of("COMPARE_EQUAL", "=", "COMPARE_LESSTHAN", "<", "COMPARE_LESSTHANOREQUALTO", "<=");
            Map<String, String> turned =
                    Map.of("COMPARE_EQUAL", "=", "COMPARE_GREATERTHAN", "<", "COMPARE_GREATERTHANOREQUALTO", "<=");
            if (straight.containsKey(type)) {
                found.add(new Comparison(straight.getOrDefault(type, ""), left.get(), right.get()));
            }
            if (turned.containsKey(type)) {
                found.add(new Comparison(turned.getOrDefault(type, ""), right.get(), left.get()));
            }
        }
        return found;
    }

    /// The column an expression is, if it is one with the alias of its relation.
    static Optional<ColumnName> column(JsonNode expression) {
        JsonNode names = expression.path("column_names");
        return expression.path("type").asString("").equals("COLUMN_REF") && names.size() == 2
                ? Optional.of(
                        new ColumnName(names.get(0).asString(""), names.get(1).asString("")))
                : Optional.empty();
    }
}
