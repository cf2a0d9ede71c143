package org.relata.sql.write;

import org.relata.algebra.Scan;

/// Tells where scanned relations stand.
@FunctionalInterface
public interface Storage {
    /// Where a relation stands; a relation that is not there is an error.
    Stored of(Scan scan);
}
