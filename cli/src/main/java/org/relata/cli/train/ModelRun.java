package org.relata.cli.train;

import java.io.IOException;
import java.util.Optional;

/// A model that Relata brings along, on data and with settings.
///
/// @param <R> what becomes of it
public interface ModelRun<R> {
    /// The text of the model.
    String text();

    /// Trains, and writes what was learned; nothing comes of it if it was interrupted. With a file to write, an
    /// interrupted run is gone on from.
    Optional<R> run() throws IOException;
}
