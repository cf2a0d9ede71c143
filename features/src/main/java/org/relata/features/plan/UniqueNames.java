package org.relata.features.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.relata.features.Feature;

/// Numbers features that would otherwise share a name, as tables and columns with unusual names can bring about.
final class UniqueNames {
    private UniqueNames() {}

    /// The same queries, every feature with a name of its own.
    static List<PathQuery> of(List<PathQuery> queries) {
        Set<String> taken = new HashSet<>();
        List<PathQuery> unique = new ArrayList<>();
        for (PathQuery query : queries) {
            List<Output> outputs = new ArrayList<>();
            for (Output output : query.outputs()) {
                outputs.add(named(output, free(output.feature().name(), taken, UnaryOperator.identity())));
            }
            unique.add(query.with(outputs));
        }
        return unique;
    }

    /// The name itself when it is not taken yet, else the name and the first number that makes it unique.
    ///
    /// @param taken names in use, folded; the answer is added
    /// @param folded maps names to one that are the same name where they are used
    static String free(String name, Set<String> taken, UnaryOperator<String> folded) {
        String candidate = name;
        for (int n = 2; !taken.add(folded.apply(candidate)); n++) {
            candidate = name + " (" + n + ")";
        }
        return candidate;
    }

    private static Output named(Output output, String name) {
        Feature old = output.feature();
        if (old.name().equals(name)) {
            return output;
        }
        Feature renamed = new Feature(name, old.type(), old.sentence(), old.query(), old.path(), old.time());
        return new Output(
                renamed,
                output.measure(),
                output.aggregation(),
                output.window(),
                output.category(),
                output.inner(),
                output.categories());
    }
}
