package org.relata.database;

/// What went wrong, where, and what would mend it. Every failure a user can cause ends as one of these.
///
/// The message is one line: place, problem, remedy. [#kind()] decides the exit code of a command.
public final class RelataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Whose turn it is to act.
    public enum Kind {
        /// The input is wrong: exit code 2.
        USAGE,
        /// The input was accepted but the work failed: exit code 1.
        FAILURE
    }

    private final Kind kind;
    private final String code;
    private final String place;
    private final String problem;
    private final String remedy;

    private RelataException(Kind kind, String code, String place, String problem, String remedy) {
        super(place + ": " + problem + (remedy.isEmpty() ? "" : "; " + remedy));
        this.kind = kind;
        this.code = code;
        this.place = place;
        this.problem = problem;
        this.remedy = remedy;
    }

    /// An error in what the user gave.
    ///
    /// @param code stable and dotted, such as `table.unknown`
    /// @param place the table, column, file, option or position at fault
    /// @param problem what is wrong with it
    /// @param remedy what would fix it; may be empty
    public static RelataException usage(String code, String place, String problem, String remedy) {
        return new RelataException(Kind.USAGE, code, place, problem, remedy);
    }

    /// A failure of work that was asked for correctly. Arguments as for [#usage(String, String, String, String)].
    public static RelataException failure(String code, String place, String problem, String remedy) {
        return new RelataException(Kind.FAILURE, code, place, problem, remedy);
    }

    /// The same error, remembering what raised it.
    public RelataException causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }

    /// Whose turn it is.
    public Kind kind() {
        return kind;
    }

    /// The stable code.
    public String code() {
        return code;
    }

    /// Where it happened.
    public String place() {
        return place;
    }

    /// What is wrong.
    public String problem() {
        return problem;
    }

    /// What would fix it; may be empty.
    public String remedy() {
        return remedy;
    }
}
