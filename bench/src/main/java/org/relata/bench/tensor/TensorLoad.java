package org.relata.bench.tensor;

import java.nio.file.Path;
import java.util.List;
import org.relata.engine.EngineOptions;

/// Something to train, for the engine and for its peers.
interface TensorLoad {
    /// What it is called.
    String name();

    /// Writes what the peers read, under a folder of which each load has a part.
    void write(Path folder);

    /// Makes ready to train.
    Training open(EngineOptions options);

    /// Scripts of the peers' harness, with their arguments.
    List<Peer> peers();

    /// Runs of [Training#step] that one of the times stands for.
    default int steps() {
        return 1;
    }

    /// Steps that a peer's figure stands for.
    default int peerSteps() {
        return 1;
    }

    /// A script to run beside Relata.
    ///
    /// @param name of the peer
    /// @param arguments the script first
    record Peer(String name, List<String> arguments) {
        /// Copies.
        public Peer {
            arguments = List.copyOf(arguments);
        }
    }

    /// A model that is trained.
    interface Training extends AutoCloseable {
        /// Does a step and tells the loss before it.
        double step();

        /// The most bytes that the engine held outside the heap.
        long mostBytes();

        /// What the engine does, and how long each part took.
        String explain();

        @Override
        void close();
    }
}
