package org.relata.synth.schema;

/// What fits into a decimal type such as `NUMERIC(10, 2)`.
///
/// @param precision how many digits there are
/// @param scale how many of them stand behind the point
public record Decimals(int precision, int scale) {
    /// More digits than a real number tells apart are none.
    private static final int MOST_DIGITS = 15;

    private static final int MOST_SCALE = 100;

    /// Refuses a type without digits.
    public Decimals {
        if (precision < 1 || scale < 0 || scale > MOST_SCALE) {
            throw new IllegalArgumentException(
                    "no decimal type has " + precision + " digits, " + scale + " of them behind the point");
        }
    }

    /// The largest number, counted in units of the last digit.
    public double largest() {
        return StrictMath.pow(10, Math.min(precision, MOST_DIGITS)) - 1;
    }

    /// How many units of the last digit make one.
    public double unitsOfOne() {
        return StrictMath.pow(10, scale);
    }
}
