package org.relata.cli.terminal;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// Whether a file descriptor is a terminal.
///
/// `System.console()` answers only for input and output together; progress goes to the standard error, which is often a
/// terminal when the output is a file. So the C library is asked.
final class Tty {
    static final int STANDARD_OUTPUT = 1;
    static final int STANDARD_ERROR = 2;

    private Tty() {}

    @SuppressWarnings("restricted") // the launcher enables native access, which DuckDB needs too
    static boolean isTerminal(int descriptor) {
        Linker linker = Linker.nativeLinker();
        Optional<MethodHandle> isatty = linker.defaultLookup()
                .find("isatty")
                .or(() -> linker.defaultLookup().find("_isatty"))
                .map(symbol -> linker.downcallHandle(
                        symbol, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)));
        if (isatty.isEmpty()) {
            return false; // a platform without it; plain output works everywhere
        }
        try {
            return (int) isatty.get().invokeExact(descriptor) != 0;
        } catch (Throwable failure) { // what a method handle declares
            throw new IllegalStateException("isatty failed", failure);
        }
    }
}
