package org.relata.synth.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.relata.database.config.Nearest;
import org.relata.synth.ddl.Token.Kind;

/// Cuts SQL text into statements and passes over those that say nothing about the schema, data of a dump above all.
final class Statements {
    /// What may change the schema; everything else is passed over.
    private static final Set<String> KEPT = Set.of("create", "alter", "drop");

    private static final Set<String> PASSED_OVER = Words.of("""
            insert update delete replace merge select with values set use comment grant revoke begin
            commit start rollback end savepoint release pragma lock unlock analyze analyse vacuum
            copy do call exec execute explain reindex attach detach cluster refresh truncate
            security reset show flush optimize prepare deallocate checkpoint import load
            """);

    /// What has a body of statements of its own.
    private static final Set<String> BODIES = Set.of("trigger", "function", "procedure", "event");

    private static final int BODY_WITHIN = 12;

    private final Source source;
    private final Lexer lexer;

    Statements(Source source) {
        this.source = source;
        this.lexer = new Lexer(source);
    }

    /// The next statement that may change the schema, if there is one.
    Optional<TokenCursor> next() {
        while (true) {
            Token first = lexer.next();
            if (first.kind() == Kind.END) {
                return Optional.empty();
            }
            if (first.kind() == Kind.TERMINATOR) {
                continue;
            }
            if (first.kind() == Kind.WORD && KEPT.contains(first.key())) {
                return Optional.of(collect(first));
            }
            if (first.is("DELIMITER")) {
                lexer.readTerminator(first);
            } else if (first.kind() == Kind.WORD && PASSED_OVER.contains(first.key())) {
                passOver(first);
            } else {
                throw unknown(first);
            }
        }
    }

    private RuntimeException unknown(Token first) {
        String remedy = first.kind() == Kind.WORD
                ? Nearest.to(first.text(), KEPT)
                        .map(word -> "did you mean " + word.toUpperCase(Locale.ROOT) + "?")
                        .orElse("a schema file holds CREATE TABLE, ALTER TABLE and CREATE TYPE; take the rest out")
                : "check the statement before it: a quote or a parenthesis may be missing";
        return source.syntax(first, "no statement begins with " + first.shown(), remedy);
    }

    private TokenCursor collect(Token first) {
        List<Token> tokens = new ArrayList<>();
        boolean body = false;
        boolean rule = false;
        int blocks = 0;
        int parentheses = 0;
        Token token = first;
        while (token.kind() != Kind.END && (token.kind() != Kind.TERMINATOR || blocks > 0 || rule && parentheses > 0)) {
            if (tokens.size() < BODY_WITHIN && token.kind() == Kind.WORD && parentheses == 0) {
                rule |= first.is("CREATE") && token.is("RULE") && !named(tokens); // its statements stand in parentheses
                body |= first.is("CREATE") && BODIES.contains(token.key()) && !named(tokens);
            }
            if (body && (token.is("BEGIN") || token.is("CASE"))) {
                blocks++;
            } else if (body && token.is("END") && blocks > 0) {
                blocks--;
            }
            parentheses += token.isSign("(") ? 1 : token.isSign(")") ? -1 : 0;
            if (!body && parentheses <= 0 && tokens.size() > 1) {
                refuseNewTable(tokens.getLast(), token);
            }
            tokens.add(token);
            token = lexer.next();
        }
        if (blocks > 0) {
            throw source.syntax(first, "its body does not end", "close every BEGIN and CASE in it with END");
        }
        tokens.add(new Token(Kind.END, "", token.offset()));
        return new TokenCursor(source, tokens);
    }

    /// Whether it is already clear that the statement makes something without a body.
    private static boolean named(List<Token> tokens) {
        return tokens.stream().anyMatch(t -> t.is("TABLE") || t.is("VIEW") || t.is("INDEX") || t.is("TYPE"));
    }

    private void passOver(Token first) {
        Token before = first;
        boolean fromInput = false;
        int parentheses = 0;
        for (Token token = lexer.next(); token.kind() != Kind.END; token = lexer.next()) {
            if (token.kind() == Kind.TERMINATOR) {
                if (first.is("COPY") && fromInput) {
                    lexer.skipCopyData(first);
                }
                return;
            }
            fromInput |= before.is("FROM") && token.is("STDIN");
            parentheses += token.isSign("(") ? 1 : token.isSign(")") ? -1 : 0;
            if (parentheses <= 0) {
                refuseNewTable(before, token);
            }
            before = token;
        }
    }

    /// Two statements without anything between them: the second would go unseen.
    private void refuseNewTable(Token before, Token token) {
        if (before.is("CREATE") && token.is("TABLE")) {
            throw source.syntax(
                    before, "CREATE TABLE begins inside another statement", "end the statement before it with ;");
        }
    }
}
