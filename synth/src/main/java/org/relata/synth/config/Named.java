package org.relata.synth.config;

/// Something that configuration files call by a name.
public interface Named {
    /// The name.
    String label();
}
