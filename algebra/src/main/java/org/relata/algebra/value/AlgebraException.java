package org.relata.algebra.value;

/// An expression that cannot be, or data that does not fit it. One line: place, problem, remedy.
public final class AlgebraException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String place;
    private final String problem;
    private final String remedy;

    /// @param code stable and dotted, such as `key.unknown`
    /// @param place the operator, relation or attribute at fault
    /// @param problem what is wrong with it
    /// @param remedy what would fix it; may be empty
    public AlgebraException(String code, String place, String problem, String remedy) {
        super(place + ": " + problem + (remedy.isEmpty() ? "" : "; " + remedy));
        this.code = code;
        this.place = place;
        this.problem = problem;
        this.remedy = remedy;
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
