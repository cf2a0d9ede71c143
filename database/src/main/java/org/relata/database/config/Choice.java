package org.relata.database.config;

/// What `database.yaml` says about a key or a time column: nothing, that there is none, or which it is.
///
/// @param <T> what is chosen
public sealed interface Choice<T> {
    /// The file does not mention it: conclude it from the data.
    record Inferred<T>() implements Choice<T> {}

    /// The file says `null`: there is none, do not look for one.
    record None<T>() implements Choice<T> {}

    /// The file says which.
    ///
    /// @param value what it says
    record Given<T>(T value) implements Choice<T> {}

    /// Nothing said.
    static <T> Choice<T> inferred() {
        return new Inferred<>();
    }

    /// Said that there is none.
    static <T> Choice<T> none() {
        return new None<>();
    }

    /// Said which.
    static <T> Choice<T> given(T value) {
        return new Given<>(value);
    }
}
