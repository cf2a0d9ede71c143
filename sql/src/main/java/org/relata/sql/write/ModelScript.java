package org.relata.sql.write;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Sharing;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.rewrite.Rewrites;
import org.relata.algebra.rewrite.Rewritten;
import org.relata.sql.layout.Layout;
import org.relata.sql.layout.LayoutChoice;
import org.relata.sql.model.Model;

/// The gradients of a model file's loss, rewritten, with the names that the file gives: what it calls `z` stays `z`, and the
/// gradient that arrives at `z` is `d_z`.
///
/// @param plain the gradients before rewriting, by output name
/// @param rewritten the same after it
/// @param names of expressions after rewriting
public record ModelScript(Map<String, RelExpr> plain, Rewritten rewritten, Map<String, RelExpr> names) {

    /// Differentiates.
    ///
    /// @param wrt relations that the loss scans
    public static ModelScript gradient(Model model, List<String> wrt, Rewrites rewrites) {
        Sharing sharing = new Sharing();
        IdentityHashMap<RelExpr, String> given = new IdentityHashMap<>();
        model.named().forEach((name, expression) -> given.putIfAbsent(sharing.share(expression), name));
        Map<String, RelExpr> called = new LinkedHashMap<>(model.named());
        Map<String, RelExpr> gradients = new LinkedHashMap<>();
        Autodiff.gradient(
                        model.loss(),
                        rewrites,
                        (node, gradient) -> Optional.ofNullable(given.get(sharing.share(node)))
                                .ifPresent(name -> called.putIfAbsent("d_" + name, gradient)),
                        wrt.toArray(String[]::new))
                .forEach((name, gradient) -> gradients.put("d_" + name, gradient));
        Rewritten rewritten = rewrites.apply(gradients);
        Map<String, RelExpr> names = new LinkedHashMap<>();
        called.forEach((name, expression) ->
                rewritten.now().apply(expression).ifPresent(now -> names.put(name.replace('.', '_'), now)));
        return new ModelScript(gradients, rewritten, names);
    }

    /// What the layouts would cost.
    public LayoutChoice choice() {
        return LayoutChoice.of(rewritten.outputs().values());
    }

    /// The SQL.
    public SqlScript sql(Dialect dialect, Layout layout, Storage storage) {
        // Names go through the layout as outputs do, and are taken out again.
        SequencedMap<String, RelExpr> all = new LinkedHashMap<>();
        rewritten.outputs().forEach((name, output) -> all.put("output " + name, output));
        names.forEach((name, expression) -> all.put("name " + name, expression));
        SequencedMap<String, RelExpr> outputs = new LinkedHashMap<>();
        Map<String, RelExpr> called = new LinkedHashMap<>();
        layout.apply(all).forEach((name, expression) -> {
            if (name.startsWith("output ")) {
                outputs.put(name.substring("output ".length()), expression);
            } else {
                called.put(name.substring("name ".length()), expression);
            }
        });
        return SqlScript.of(outputs, dialect, storage, called);
    }
}
