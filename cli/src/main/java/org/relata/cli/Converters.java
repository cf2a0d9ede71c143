package org.relata.cli;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.relata.cli.run.Amounts;
import org.relata.database.task.Regime;
import org.relata.learn.fit.Method;
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
        line.registerConverter(Method.class, text -> choice(text, Method.values(), Method::label));
        line.registerConverter(Regime.class, text -> choice(text, Regime.values(), Regime::label));
        line.registerConverter(LocalDateTime.class, text -> checked(text, Amounts::at));
    }

    private static <T> T choice(String text, T[] choices, Function<T, String> label) {
        for (T choice : choices) {
            if (label.apply(choice).equalsIgnoreCase(text)) {
                return choice;
            }
        }
        throw new TypeConversionException("'" + text + "' is not one of "
                + Arrays.stream(choices).map(label).collect(Collectors.joining(", ")));
    }

    private static <T> T checked(String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
