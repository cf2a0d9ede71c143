package org.relata.cli;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.function.Function;
import org.relata.cli.run.Amounts;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/// Teaches a command line to read sizes, durations and times as [Amounts] does.
final class Converters {
    private Converters() {}

    /// A size in bytes.
    ///
    /// @param bytes the size, positive
    record Size(long bytes) {}

    static void register(CommandLine line) {
        line.registerConverter(Size.class, text -> checked(text, t -> new Size(Amounts.size(t))));
        line.registerConverter(Duration.class, text -> checked(text, Amounts::duration));
        line.registerConverter(LocalDateTime.class, text -> checked(text, Amounts::at));
    }

    private static <T> T checked(String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
