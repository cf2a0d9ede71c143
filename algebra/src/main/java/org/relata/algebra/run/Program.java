package org.relata.algebra.run;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.value.Relation;

/// Expressions that a runner has prepared.
public interface Program extends AutoCloseable {
    /// Computes every output on the relations that are bound now.
    void run(Settings settings);

    /// What a run on the relations that are bound now will hold in memory, for people; nothing where the runner cannot
    /// tell.
    default Optional<String> forecast() {
        return Optional.empty();
    }

    /// What the last run computed.
    Relation output(String name);

    /// Looks at the rows of what the last run computed.
    default <T> T look(String output, Function<RowReader, T> look) {
        return look.apply(new ReadRows(output(output)));
    }

    /// Makes what the last run computed the new value of a relation, without taking it out of the runner. It is not an
    /// output any more until the next run.
    void keep(String output, String relation);

    /// Runs, and keeps some of the outputs: what [#run(Settings)] and then [#keep] for each do, in fewer passes where a
    /// runner can change a relation while it computes the change. If that fails in between, these relations may be
    /// anything.
    ///
    /// @param kept for each of these outputs, the relation whose new value it becomes
    default void run(Settings settings, Map<String, String> kept) {
        run(settings);
        kept.forEach(this::keep);
    }

    /// How the runner goes about it, for people.
    String explain();

    @Override
    void close();
}
