package org.relata.sql.parse;

import java.util.List;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.relata.algebra.value.AlgebraException;

/// Has Calcite parse a query, and leads its nodes back to the text of the user.
final class CalciteReader {
    private static final SqlParser.Config CONFIG = SqlParser.config()
            .withQuoting(Quoting.DOUBLE_QUOTE)
            .withUnquotedCasing(Casing.UNCHANGED)
            .withQuotedCasing(Casing.UNCHANGED)
            .withConformance(SqlConformanceEnum.LENIENT)
            .withIdentifierMaxLength(Integer.MAX_VALUE);

    private final QueryText text;

    private CalciteReader(QueryText text) {
        this.text = text;
    }

    /// The query in these tokens, at least one.
    static QuerySyntax read(List<Token> tokens) {
        QueryText text = new QueryText(tokens);
        CalciteReader reader = new CalciteReader(text);
        try {
            SqlNode node = SqlParser.create(text.text(), CONFIG).parseQuery();
            return new QuerySyntaxReader(reader).query(node);
        } catch (SqlParseException e) {
            throw reader.located(e);
        }
    }

    /// Where a node starts.
    Place place(SqlNode node) {
        return text.token(column(node.getParserPosition())).place();
    }

    /// One part of a written name, or a literal, which the text for Calcite disguises as a name.
    Token token(SqlIdentifier identifier, int part) {
        return text.token(column(identifier.getComponentParserPosition(part)));
    }

    /// A node that must be one plain name.
    Identifier name(SqlNode node) {
        if (!(node instanceof SqlIdentifier identifier)
                || !identifier.isSimple()
                || !token(identifier, 0).isName()) {
            throw place(node).error("sql.syntax", "a name should stand here", "");
        }
        return token(identifier, 0).name();
    }

    private AlgebraException located(SqlParseException e) {
        String message = String.valueOf(e.getMessage());
        SqlParserPos position = e.getPos();
        if (position == null || message.startsWith("Encountered \"<EOF>\"")) {
            return text.end().error("sql.syntax", "the query ends too early", "close what is open");
        }
        Token token = text.token(column(position));
        if (!message.startsWith("Encountered ")) {
            return token.place().error("sql.syntax", "the query cannot be read from " + token.shown() + " on", "");
        }
        return token.place().error("sql.syntax", token.shown() + " cannot stand here", "look at what is before it");
    }

    /// The text for Calcite is one line.
    private static int column(SqlParserPos position) {
        return Math.max(1, position.getColumnNum());
    }
}
