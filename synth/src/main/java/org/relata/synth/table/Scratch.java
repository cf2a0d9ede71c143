package org.relata.synth.table;

import java.util.Optional;
import org.relata.synth.scm.Evaluation;
import org.relata.synth.scm.Scm;

/// What a thread works with; made when it is first needed.
final class Scratch {
    private Optional<Evaluation> evaluation = Optional.empty();

    /// The evaluation of a model. A scratch serves one model only.
    Evaluation evaluation(Scm scm) {
        Evaluation own = evaluation.orElseGet(() -> new Evaluation(scm));
        evaluation = Optional.of(own);
        return own;
    }
}
