package org.relata.sql.layout;
import java.util.SequencedMap;
import org.relata.algebra.RelExpr;
final class Scalarise {
    static SequencedMap<String, RelExpr> apply(SequencedMap<String, RelExpr> outputs) { return outputs; }
}
