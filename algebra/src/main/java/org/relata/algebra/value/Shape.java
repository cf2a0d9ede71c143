package org.relata.algebra.value;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The extents of a tensor, outermost first; a scalar has none.
///
/// @param extents each at least 1
public record Shape(List<Integer> extents) {
    /// The shape of one number.
    public static final Shape SCALAR = new Shape(List.of());

    /// Checks the extents.
    public Shape {
        extents = List.copyOf(extents);
        if (extents.stream().anyMatch(extent -> extent < 1)) {
            throw new AlgebraException("shape.empty", "shape " + extents, "an extent is below 1", "give at least 1");
        }
    }

    /// The shape with these extents.
    public static Shape of(int... extents) {
        return new Shape(Arrays.stream(extents).boxed().toList());
    }

    /// How many axes there are.
    public int rank() {
        return extents.size();
    }

    /// The extent of one axis.
    public int extent(int axis) {
        return extents.get(axis);
    }

    /// How many numbers a tensor of this shape holds.
    public int size() {
        int size = 1;
        for (int extent : extents) {
            size = Math.multiplyExact(size, extent);
        }
        return size;
    }

    /// This shape with one axis of another extent.
    public Shape with(int axis, int extent) {
        int[] changed = extents.stream().mapToInt(Integer::intValue).toArray();
        changed[axis] = extent;
        return of(changed);
    }

    /// This shape without one axis.
    public Shape without(int axis) {
        return new Shape(Stream.concat(extents.subList(0, axis).stream(), extents.subList(axis + 1, rank()).stream())
                .toList());
    }

    /// Whether a tensor of this shape can be repeated to fill `other`: axes are aligned at the last one, and each
    /// extent
    /// here is 1, absent or the same.
    public boolean broadcastsTo(Shape other) {
        if (rank() > other.rank()) {
            return false;
        }
        int lead = other.rank() - rank();
        for (int axis = 0; axis < rank(); axis++) {
            if (extent(axis) != 1 && extent(axis) != other.extent(lead + axis)) {
                return false;
            }
        }
        return true;
    }

    /// The smallest shape that both can be repeated to fill.
    public Shape common(Shape other) {
        int rank = Math.max(rank(), other.rank());
        int[] both = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            int mine = axis < rank - rank() ? 1 : extent(axis - rank + rank());
            int its = axis < rank - other.rank() ? 1 : other.extent(axis - rank + other.rank());
            if (mine != its && mine != 1 && its != 1) {
                throw new AlgebraException(
                        "shape.mismatch",
                        "shapes " + this + " and " + other,
                        "extents " + mine + " and " + its + " of one axis differ",
                        "make them equal, or 1");
            }
            both[axis] = Math.max(mine, its);
        }
        return of(both);
    }

    /// For each position of a tensor of this shape, the position in one of shape `smaller` that is repeated there.
    public int[] sources(Shape smaller) {
        int[] sources = new int[size()];
        if (smaller.rank() == 0) {
            return sources;
        }
        int lead = rank() - smaller.rank();
        for (int position = 0; position < sources.length; position++) {
            int rest = position;
            int stride = 1;
            for (int axis = rank() - 1; axis >= lead; axis--) {
                int extent = smaller.extent(axis - lead);
                sources[position] += (extent == 1 ? 0 : rest % extent(axis)) * stride;
                stride *= extent;
                rest /= extent(axis);
            }
        }
        return sources;
    }

    @Override
    public String toString() {
        return extents.stream().map(String::valueOf).collect(Collectors.joining("×", "[", "]"));
    }
}
