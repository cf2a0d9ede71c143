package org.relata.sql.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relata.algebra.RelExpr;

/// A model file, understood.
///
/// @param tables as declared
/// @param inputs what the loss scans, each relation once
/// @param loss one number under ⟨⟩
/// @param named the expressions behind names in the text (common table expressions, views), for readable output
public record Model(List<Table> tables, List<Input> inputs, RelExpr loss, Map<String, RelExpr> named) {
    /// Copies.
    public Model {
        tables = List.copyOf(tables);
        inputs = List.copyOf(inputs);
        named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
    }

    /// The inputs that are learned.
    public List<Input> parameters() {
        return inputs.stream().filter(Input::learned).toList();
    }
}
