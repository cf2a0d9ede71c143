package org.relata.synth.ddl;

import java.util.List;
import java.util.Optional;
import org.relata.synth.ddl.Token.Kind;
import org.relata.synth.schema.Decimals;
import org.relata.synth.schema.FeatureKind;

/// Decides what is drawn for a column, from its type, the types the file makes, and the constraints on its values.
final class ColumnTypes {
    /// Domains over domains; deeper than that is a circle.
    private static final int DEEPEST = 20;

    private final Source source;
    private final Catalogue catalogue;

    ColumnTypes(Source source, Catalogue catalogue) {
        this.source = source;
        this.catalogue = catalogue;
    }

    /// What a column holds.
    ///
    /// @param meaning what its type says
    /// @param labels the values it is limited to, if it is
    /// @param decimals what its numbers have to fit into, if its type says so
    record Content(Meaning meaning, Optional<Labels> labels, Optional<Decimals> decimals) {
        Content(Meaning meaning, Optional<Labels> labels) {
            this(meaning, labels, Optional.empty());
        }

        /// The kind of feature to draw; empty when the column cannot be drawn.
        Optional<FeatureKind> kind() {
            if (labels.isPresent() && meaning != Meaning.TRUTH) {
                return Optional.of(FeatureKind.CATEGORICAL);
            }
            return switch (meaning) {
                case WHOLE_NUMBER -> Optional.of(FeatureKind.INTEGER);
                case NUMBER -> Optional.of(FeatureKind.NUMERIC);
                case TRUTH -> Optional.of(FeatureKind.BOOLEAN);
                case TEXT -> Optional.of(FeatureKind.TEXT);
                case DATE -> Optional.of(FeatureKind.DATE);
                case BINARY, NOT_DRAWN, UNKNOWN -> Optional.empty();
            };
        }
    }

    /// What a column of a table holds.
    Content content(TableDraft table, ColumnDraft column) {
        Content content = content(column.type(), column.name().key(), 0);
        for (Labels check : table.checks) {
            if (check.column().equals(column.name().key())) {
                content = limited(content, check);
            }
        }
        if (content.labels().isPresent() && content.labels().get().values().isEmpty()) {
            throw source.error(
                    "ddl.check",
                    column.name().offset(),
                    "the constraints on " + table.name.shown() + "."
                            + column.name().text() + " leave it no value",
                    "give them a value in common");
        }
        return content;
    }

    private Content content(SqlType type, String column, int depth) {
        Optional<UserType> made = catalogue.type(type.name());
        if (made.isEmpty()) {
            return builtIn(type, column);
        }
        return switch (type.array() || depth > DEEPEST ? new UserType.Opaque() : made.get()) {
            case UserType.Enumeration(List<String> labels) ->
                new Content(Meaning.TEXT, Optional.of(new Labels(column, labels)));
            case UserType.Domain domain -> {
                Content base = content(domain.base(), column, depth + 1);
                for (Labels check : domain.checks()) {
                    base = check.column().equals("value") ? limited(base, new Labels(column, check.values())) : base;
                }
                yield base;
            }
            case UserType.Opaque _ -> new Content(Meaning.NOT_DRAWN, Optional.empty());
        };
    }

    /// A type of SQL itself; `ENUM` and `SET` bring their labels along, and one label is a legal set.
    private Content builtIn(SqlType type, String column) {
        boolean listed = type.name().equals("enum") || type.name().equals("set");
        if (!listed || type.array()) {
            return new Content(Meaning.of(type), Optional.empty(), type.decimals());
        }
        List<Token> labels = type.arguments();
        if (labels.isEmpty() || labels.stream().anyMatch(t -> t.kind() != Kind.STRING && t.kind() != Kind.QUOTED)) {
            throw source.syntax(
                    type.at(),
                    "the type " + type.shown() + " of " + column + " does not list its labels",
                    "write them in single quotes: ENUM('a', 'b')");
        }
        return new Content(
                Meaning.TEXT,
                Optional.of(new Labels(column, labels.stream().map(Token::text).toList())));
    }

    private static Content limited(Content content, Labels check) {
        Labels both = content.labels().map(labels -> labels.and(check)).orElse(check);
        return new Content(content.meaning(), Optional.of(both), content.decimals());
    }
}
