package org.relata.cli.demo;

/// What a customer is like, for good.
///
/// @param orderRate orders a day when loyal
/// @param visitRate visits a day without an order when loyal
/// @param hunter whether they came for a promotion, order in promotions mostly and fade sooner
/// @param taste the category they like best
/// @param signUpDay the day they signed up
record Temperament(double orderRate, double visitRate, boolean hunter, int taste, int signUpDay) {
    private static final double RECOVER = 1 / 400.0;
    private static final double LEAVE = 1 / 16.0;
    private static final double COME_BACK = 0.0006;

    /// How close customers stand to the shop.
    enum Bond {
        LOYAL,
        FADING,
        GONE
    }

    /// The chance of an order on a day.
    double order(Bond bond, double contentment, int day) {
        double rate = switch (bond) {
            case LOYAL -> orderRate * StrictMath.exp(0.3 * contentment);
            case FADING -> 0.1 * orderRate;
            case GONE -> 0;
        };
        double promotion = Story.promotion(day) ? (hunter ? 2.6 : 1.3) : (hunter ? 0.85 : 1);
        return 1 - StrictMath.exp(-rate * Story.season(day) * promotion);
    }

    /// The mean number of visits without an order on a day.
    double visits(Bond bond, int day) {
        double share = switch (bond) {
            case LOYAL -> 1;
            case FADING -> 0.25;
            case GONE -> 0.04;
        };
        return visitRate * share * Story.season(day);
    }

    /// The chance that a visit without an order is one of trouble.
    static double trouble(Bond bond) {
        return switch (bond) {
            case LOYAL -> 0.02;
            case FADING, GONE -> 0.35;
        };
    }

    /// The chance that a loyal customer begins to fade overnight: the lower, the more content.
    double fade(double contentment) {
        return StrictMath.min(0.2, 0.0055 * (hunter ? 2 : 1) * StrictMath.exp(-1.5 * contentment));
    }

    /// The chance of going from one bond to another overnight.
    ///
    /// @param fade as [#fade(double)] says
    static double change(Bond from, Bond to, double fade) {
        return switch (from) {
            case LOYAL ->
                switch (to) {
                    case LOYAL -> 1 - fade;
                    case FADING -> fade;
                    case GONE -> 0;
                };
            case FADING ->
                switch (to) {
                    case LOYAL -> RECOVER;
                    case FADING -> 1 - RECOVER - LEAVE;
                    case GONE -> LEAVE;
                };
            case GONE ->
                switch (to) {
                    case LOYAL -> COME_BACK;
                    case FADING -> 0;
                    case GONE -> 1 - COME_BACK;
                };
        };
    }
}
