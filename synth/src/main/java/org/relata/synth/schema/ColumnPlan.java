package org.relata.synth.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// A feature column to be drawn.
///
/// @param name its name
/// @param kind what its values are
/// @param labels the labels of a categorical column in class order; empty when they are not given
/// @param classes how many classes a categorical column has; absent when that is drawn, or said by the labels. Of a
///     boolean column, how many the variable behind it has: the column says whether it is any but the first
/// @param nullShare the share of cells without a value; absent when it is drawn
/// @param decimals what its numbers have to fit into; absent when any will do
public record ColumnPlan(
        String name,
        FeatureKind kind,
        List<String> labels,
        OptionalInt classes,
        OptionalDouble nullShare,
        Optional<Decimals> decimals) {
    /// Copies the labels; refuses repeated labels, labels that disagree with the number of classes, shares that are
    /// none, and decimals of what is no number.
    public ColumnPlan {
        labels = List.copyOf(labels);
        if (name.isBlank()) {
            throw new IllegalArgumentException("a column needs a name");
        }
        boolean mayHaveClasses = kind == FeatureKind.CATEGORICAL || kind == FeatureKind.BOOLEAN && labels.isEmpty();
        if (!mayHaveClasses && (!labels.isEmpty() || classes.isPresent())) {
            throw new IllegalArgumentException("column " + name + ": only a categorical column has classes");
        }
        if (new HashSet<>(labels).size() != labels.size()) {
            throw new IllegalArgumentException("column " + name + " has two classes of one label");
        }
        if (!labels.isEmpty() && classes.isPresent() && classes.getAsInt() != labels.size()
                || classes.isPresent() && classes.getAsInt() < 1) {
            throw new IllegalArgumentException("column " + name + ": " + classes.getAsInt() + " classes do not go with "
                    + labels.size() + " labels");
        }
        if (decimals.isPresent() && kind != FeatureKind.NUMERIC && kind != FeatureKind.INTEGER) {
            throw new IllegalArgumentException("column " + name + ": only a number has decimals");
        }
        Shares.check("column " + name, "null share", nullShare);
    }

    /// A column whose share of cells without a value is drawn.
    public ColumnPlan(String name, FeatureKind kind, List<String> labels, OptionalInt classes) {
        this(name, kind, labels, classes, OptionalDouble.empty(), Optional.empty());
    }

    /// A column of which only name and kind are known.
    public static ColumnPlan of(String name, FeatureKind kind) {
        return new ColumnPlan(name, kind, List.of(), OptionalInt.empty());
    }

    /// A categorical column with these labels.
    public static ColumnPlan categorical(String name, List<String> labels) {
        return new ColumnPlan(name, FeatureKind.CATEGORICAL, labels, OptionalInt.empty());
    }

    /// A categorical column with this many classes and no labels.
    public static ColumnPlan categorical(String name, int classes) {
        return new ColumnPlan(name, FeatureKind.CATEGORICAL, List.of(), OptionalInt.of(classes));
    }

    /// This column with a share of cells without a value.
    public ColumnPlan withNullShare(double share) {
        return new ColumnPlan(name, kind, labels, classes, OptionalDouble.of(share), decimals);
    }

    /// This column with numbers that fit into a decimal type.
    public ColumnPlan within(Decimals type) {
        return new ColumnPlan(name, kind, labels, classes, nullShare, Optional.of(type));
    }
}
