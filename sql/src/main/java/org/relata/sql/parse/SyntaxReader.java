package org.relata.sql.parse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.type.SqlTypeName;
import org.relata.sql.parse.Syntax.Call;

/// Calcite's expressions into ours. Calcite makes a chain of operators of one rank a tower as high as the chain is
/// long;
/// towers are followed in loops, so that recursion is as deep as the text is nested.
final class SyntaxReader {
    private final CalciteReader reader;

    SyntaxReader(CalciteReader reader) {
        this.reader = reader;
    }

    Syntax read(SqlNode node) {
        Place place = reader.place(node);
        if (node instanceof SqlIdentifier identifier) {
            return name(identifier, place);
        }
        if (node instanceof SqlCase choice) {
            return choice(choice, place);
        }
        if (node instanceof SqlLiteral literal) {
            if (literal.getTypeName() == SqlTypeName.BOOLEAN) {
                return new Call(literal.booleanValue() ? "true" : "false", List.of(), place);
            }
            throw unsupported(place);
        }
        if (node instanceof SqlSelect || node instanceof SqlWith || node.getKind() == SqlKind.UNION) {
            throw place.error(
                    "sql.refused",
                    "a sub-query inside an expression is not supported",
                    "put it in FROM under a name, and join it on its keys");
        }
        if (node instanceof SqlCall call) {
            return call(call, place);
        }
        throw unsupported(place);
    }

    private Syntax name(SqlIdentifier identifier, Place place) {
        if (identifier.isStar()) {
            throw place.error("sql.refused", "* is not supported", "name the keys and values that are meant");
        }
        Token first = reader.token(identifier, 0);
        boolean names = true;
        List<Identifier> parts = new ArrayList<>();
        for (int part = 0; part < identifier.names.size(); part++) {
            names &= reader.token(identifier, part).isName();
            parts.add(reader.token(identifier, part).name());
        }
        if (names) {
            return new Syntax.Name(parts, place);
        }
        if (!identifier.isSimple()) {
            throw place.error("sql.syntax", "a name should stand on both sides of the dot", "");
        }
        return switch (first.kind()) {
            case STRING -> new Syntax.Text(first.text(), place);
            case NUMBER -> new Syntax.Number(first.text(), place);
            case HYPER -> new Syntax.Hyper(first.text(), place);
            case WORD, QUOTED, SYMBOL -> throw unsupported(place);
        };
    }

    private Syntax call(SqlCall call, Place place) {
        return switch (call.getKind()) {
            case PLUS, MINUS -> new Call("+", terms(call), place);
            case TIMES, DIVIDE, MOD -> product(call, place);
            case AND -> new Call("and", chain(call, SqlKind.AND), place);
            case OR -> new Call("or", chain(call, SqlKind.OR), place);
            case NOT -> new Call("not", List.of(read(call.operand(0))), place);
            case MINUS_PREFIX -> new Call("negate", List.of(read(call.operand(0))), place);
            case PLUS_PREFIX -> read(call.operand(0));
            case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                new Call(call.getOperator().getName(), List.of(read(call.operand(0)), read(call.operand(1))), place);
            case BETWEEN -> between(call, place);
            case IN, NOT_IN -> in(call, place);
            case CAST -> cast(call, place);
            case OTHER_FUNCTION -> function(call, place);
            default -> throw unsupported(place);
        };
    }

    /// The terms of a sum; those that are subtracted stand under `negate`.
    private List<Syntax> terms(SqlCall call) {
        List<Syntax> terms = new ArrayList<>();
        SqlNode left = call;
        while (left instanceof SqlBasicCall each
                && (each.getKind() == SqlKind.PLUS || each.getKind() == SqlKind.MINUS)) {
            Syntax term = read(each.operand(1));
            terms.add(each.getKind() == SqlKind.PLUS ? term : new Call("negate", List.of(term), term.place()));
            left = each.operand(0);
        }
        terms.add(read(left));
        Collections.reverse(terms);
        return terms;
    }

    /// A chain of `*`, `/` and `%`.
    private Syntax product(SqlCall call, Place place) {
        List<Syntax> factors = new ArrayList<>();
        SqlNode left = call;
        while (left instanceof SqlBasicCall each && isProduct(each.getKind())) {
            Syntax factor = read(each.operand(1));
            factors.add(
                    switch (each.getKind()) {
                        case DIVIDE -> new Call("over", List.of(factor), factor.place());
                        case MOD -> new Call("modulo", List.of(factor), factor.place());
                        default -> factor;
                    });
            left = each.operand(0);
        }
        factors.add(read(left));
        Collections.reverse(factors);
        return new Call("*", factors, place);
    }

    private static boolean isProduct(SqlKind kind) {
        return kind == SqlKind.TIMES || kind == SqlKind.DIVIDE || kind == SqlKind.MOD;
    }

    private List<Syntax> chain(SqlCall call, SqlKind kind) {
        List<Syntax> parts = new ArrayList<>();
        SqlNode left = call;
        while (left instanceof SqlBasicCall each && each.getKind() == kind) {
            parts.add(read(each.operand(1)));
            left = each.operand(0);
        }
        parts.add(read(left));
        Collections.reverse(parts);
        return parts;
    }

    private Syntax between(SqlCall call, Place place) {
        Syntax value = read(call.operand(0));
        Call inside = new Call(
                "and",
                List.of(
                        new Call(">=", List.of(value, read(call.operand(1))), place),
                        new Call("<=", List.of(value, read(call.operand(2))), place)),
                place);
        return call.getOperator().getName().startsWith("NOT") ? new Call("not", List.of(inside), place) : inside;
    }

    private Syntax in(SqlCall call, Place place) {
        if (!(call.operand(1) instanceof SqlNodeList list)) {
            throw reader.place(call.operand(1))
                    .error(
                            "sql.refused",
                            "IN over a sub-query is not supported",
                            "join the sub-query in FROM, grouped by the key that is compared");
        }
        Syntax value = read(call.operand(0));
        List<Syntax> equal = new ArrayList<>();
        list.forEach(each -> equal.add(new Call("=", List.of(value, read(each)), place)));
        Syntax any = equal.size() == 1 ? equal.getFirst() : new Call("or", equal, place);
        return call.getKind() == SqlKind.NOT_IN ? new Call("not", List.of(any), place) : any;
    }

    private Syntax cast(SqlCall call, Place place) {
        String type = String.valueOf(call.operand(1)).startsWith("BIGINT") ? "cast integer" : "cast double";
        return new Call(type, List.of(read(call.operand(0))), place);
    }

    private Syntax function(SqlCall call, Place place) {
        SqlIdentifier identifier = call.getOperator().getNameAsId();
        String name = identifier.isSimple() ? Literals.lower(identifier.getSimple()) : "";
        if (!name.startsWith("u:") && !name.startsWith("q:")) {
            throw place.error("sql.syntax", "a function is named by one name", "");
        }
        String plain = name.substring(2);
        List<SqlNode> operands = call.getOperandList();
        if (operands.size() == 1 && operands.getFirst() instanceof SqlIdentifier star && star.isStar()) {
            if (plain.equals("count") && star.names.size() == 1) {
                return new Call("count", List.of(), place);
            }
            throw reader.place(star).error("sql.refused", "* is not supported here", "COUNT(*) alone has one");
        }
        if (call.getFunctionQuantifier() != null) {
            throw place.error("sql.refused", "a quantifier is not supported", "leave it out");
        }
        if (plain.equals("count") && operands.isEmpty()) {
            throw place.error("sql.syntax", "COUNT has no argument", "write COUNT(*)");
        }
        return new Call(plain, operands.stream().map(this::read).toList(), place);
    }

    private Syntax choice(SqlCase choice, Place place) {
        List<Syntax> parts = new ArrayList<>();
        SqlNode value = choice.getValueOperand();
        for (int index = 0; index < choice.getWhenOperands().size(); index++) {
            // The short form, CASE x WHEN 1, has been written out by Calcite, unless it keeps the value.
            Syntax when = read(choice.getWhenOperands().get(index));
            parts.add(value == null ? when : new Call("=", List.of(read(value), when), when.place()));
            parts.add(read(choice.getThenOperands().get(index)));
        }
        SqlNode otherwise = choice.getElseOperand();
        if (otherwise == null || (otherwise instanceof SqlLiteral literal && literal.getValue() == null)) {
            throw place.error("sql.refused", "a CASE without ELSE could be NULL", "add ELSE");
        }
        parts.add(read(otherwise));
        return new Call("case", parts, place);
    }

    private static RuntimeException unsupported(Place place) {
        return place.error("sql.refused", "this is not supported in an expression", "");
    }
}
