package org.relata.sql.parse;

import java.util.List;
import java.util.Optional;

/// A query as written.
sealed interface QuerySyntax {
    /// Where it starts.
    Place place();

    /// Queries that have names, and the one that uses them.
    record With(List<Named> named, QuerySyntax body, Place place) implements QuerySyntax {}

    /// `UNION ALL`.
    record Union(List<QuerySyntax> parts, Place place) implements QuerySyntax {}

    /// One SELECT.
    record Block(List<Item> items, List<From> from, List<Syntax> conditions, List<Syntax> groupBy, Place place)
            implements QuerySyntax {}

    /// A named query.
    ///
    /// @param columns their names; empty if the query says them
    record Named(Identifier name, List<Identifier> columns, QuerySyntax query) {}

    /// One expression of the select list.
    record Item(Syntax expression, Optional<Identifier> name) {}

    /// A table, or a query of one name; what is equal by USING stands with the table that USING follows.
    ///
    /// @param alias how the query calls it
    record From(Origin origin, Identifier alias, List<Identifier> columns, List<Identifier> using, Place place) {}

    /// What stands in FROM.
    sealed interface Origin {
        /// A table, view or named query.
        record Relation(Identifier name) implements Origin {}

        /// A query in brackets.
        record Query(QuerySyntax query) implements Origin {}
    }
}
