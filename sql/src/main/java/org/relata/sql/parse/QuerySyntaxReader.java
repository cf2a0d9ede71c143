package org.relata.sql.parse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.jspecify.annotations.Nullable;
import org.relata.algebra.value.AlgebraException;
import org.relata.sql.parse.QuerySyntax.Block;
import org.relata.sql.parse.QuerySyntax.From;
import org.relata.sql.parse.QuerySyntax.Item;
import org.relata.sql.parse.QuerySyntax.Named;
import org.relata.sql.parse.QuerySyntax.Origin;

/// Calcite's queries into ours.
final class QuerySyntaxReader {
    /// How many tables one block may join.
    static final int TABLES = 32;

    private final CalciteReader reader;
    private final SyntaxReader expressions;

    QuerySyntaxReader(CalciteReader reader) {
        this.reader = reader;
        this.expressions = new SyntaxReader(reader);
    }

    QuerySyntax query(SqlNode node) {
        Place place = reader.place(node);
        if (node instanceof SqlWith with) {
            List<Named> named = new ArrayList<>();
            for (SqlNode each : with.withList) {
                SqlWithItem item = (SqlWithItem) each;
                named.add(new Named(reader.name(item.name), names(item.columnList), query(item.query)));
            }
            return new QuerySyntax.With(named, query(with.body), place);
        }
        if (node instanceof SqlSelect select) {
            return block(select, place);
        }
        if (node.getKind() == SqlKind.UNION) {
            List<QuerySyntax> parts = new ArrayList<>();
            SqlNode left = node;
            while (left instanceof SqlBasicCall call && call.getKind() == SqlKind.UNION) {
                if (!call.getOperator().getName().equals("UNION ALL")) {
                    throw reader.place(call.operand(1))
                            .error(
                                    "sql.refused",
                                    "UNION, which leaves out equal rows, is not supported",
                                    "write UNION ALL: values of equal keys add up");
                }
                parts.add(query(call.operand(1)));
                left = call.operand(0);
            }
            parts.add(query(left));
            Collections.reverse(parts);
            return new QuerySyntax.Union(parts, place);
        }
        throw place.error("sql.syntax", "a query should stand here", "SELECT … FROM …");
    }

    private Block block(SqlSelect select, Place place) {
        List<Item> items = new ArrayList<>();
        for (SqlNode item : select.getSelectList()) {
            boolean named = item.getKind() == SqlKind.AS;
            Optional<Identifier> name =
                    named ? Optional.of(reader.name(((SqlCall) item).operand(1))) : Optional.empty();
            items.add(new Item(expressions.read(named ? ((SqlCall) item).operand(0) : item), name));
        }
        SqlNode from = select.getFrom();
        if (from == null) {
            throw place.error("sql.refused", "a SELECT without FROM reads no relation", "read a table");
        }
        List<From> tables = new ArrayList<>();
        List<Syntax> conditions = new ArrayList<>();
        from(from, tables, conditions);
        if (tables.size() > TABLES) {
            throw tables.get(TABLES)
                    .place()
                    .error(
                            "sql.deep",
                            "more than " + TABLES + " tables in one SELECT",
                            "join " + "some in a sub-query");
        }
        SqlNode where = select.getWhere();
        if (where != null) {
            conditions.add(expressions.read(where));
        }
        List<Syntax> groupBy = new ArrayList<>();
        SqlNodeList group = select.getGroup();
        if (group != null) {
            group.forEach(each -> groupBy.add(expressions.read(each)));
        }
        return new Block(items, tables, conditions, groupBy, place);
    }

    /// Joins lean to the left, as often as there are tables: that side is followed in a loop.
    private void from(SqlNode node, List<From> tables, List<Syntax> conditions) {
        List<SqlJoin> joins = new ArrayList<>();
        SqlNode left = node;
        while (left instanceof SqlJoin join) {
            joins.add(join);
            left = join.getLeft();
        }
        tables.add(table(left, List.of()));
        for (SqlJoin join : joins.reversed()) {
            JoinType type = join.getJoinType();
            if (type != JoinType.INNER && type != JoinType.CROSS && type != JoinType.COMMA) {
                throw reader.place(join).error("sql.refused", "only inner joins are supported", "use JOIN … ON");
            }
            SqlNode condition = join.getCondition();
            boolean using = condition instanceof SqlNodeList;
            if (join.getRight() instanceof SqlJoin) {
                if (using) {
                    throw reader.place(join.getRight())
                            .error("sql.refused", "USING behind joins in brackets is not supported", "use ON");
                }
                from(join.getRight(), tables, conditions);
            } else {
                tables.add(table(join.getRight(), using ? names((SqlNodeList) condition) : List.of()));
            }
            if (condition != null && !using) {
                conditions.add(expressions.read(condition));
            }
        }
    }

    private From table(SqlNode node, List<Identifier> using) {
        Place place = reader.place(node);
        if (node instanceof SqlIdentifier identifier) {
            if (!identifier.isSimple()) {
                throw place.error(
                        "sql.unknown", "tables are named without a schema", "name the table as it is declared");
            }
            Identifier name = reader.name(identifier);
            return new From(new Origin.Relation(name), name, List.of(), using, place);
        }
        if (node.getKind() == SqlKind.AS) {
            List<SqlNode> operands = ((SqlCall) node).getOperandList();
            List<Identifier> columns = new ArrayList<>();
            operands.subList(2, operands.size()).forEach(each -> columns.add(reader.name(each)));
            return new From(origin(operands.getFirst()), reader.name(operands.get(1)), columns, using, place);
        }
        if (node instanceof SqlSelect || node instanceof SqlWith || node.getKind() == SqlKind.UNION) {
            throw place.error("sql.syntax", "this sub-query has no name", "write (…) AS name");
        }
        throw unsupported(place);
    }

    private Origin origin(SqlNode node) {
        if (node instanceof SqlIdentifier identifier && identifier.isSimple()) {
            return new Origin.Relation(reader.name(identifier));
        }
        if (node instanceof SqlSelect || node instanceof SqlWith || node.getKind() == SqlKind.UNION) {
            return new Origin.Query(query(node));
        }
        throw unsupported(reader.place(node));
    }

    private List<Identifier> names(@Nullable SqlNodeList list) {
        return list == null ? List.of() : list.stream().map(reader::name).toList();
    }

    private static AlgebraException unsupported(Place place) {
        return place.error("sql.refused", "only tables and sub-queries can stand in FROM", "");
    }
}
