package org.relata.learn.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relata.algebra.value.AlgebraException;

/// How a step of a graph convolution sees a part of a graph: some nodes that are to be classified, some neighbours of
/// each of them, and some neighbours of all of these (Hamilton, Ying and Leskovec 2017).
///
/// @param nodes that are to be classified in a step
/// @param near how many neighbours of such a node are drawn at most, itself counted as one
/// @param far how many neighbours of each of these are
public record NeighbourBatches(int nodes, int near, int far) {
    private static final Pattern FAN_OUT = Pattern.compile("(\\d{1,9}),(\\d{1,9})");

    /// Checks the numbers.
    public NeighbourBatches {
        if (nodes < 1) {
            throw new AlgebraException("gcn.number", "--batch", nodes + " makes no sense there", "give at least 1");
        }
        if (near < 1 || far < 1) {
            throw fanOut(near + "," + far);
        }
    }

    /// Reads a fan-out like `25,10`.
    public static NeighbourBatches of(int nodes, String fanOut) {
        Matcher matcher = FAN_OUT.matcher(fanOut);
        if (!matcher.matches()) {
            throw fanOut(fanOut);
        }
        return new NeighbourBatches(nodes, Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    private static AlgebraException fanOut(String text) {
        return new AlgebraException(
                "gcn.fan-out",
                "--fan-out " + text,
                "it is not a number of neighbours for each of the two layers",
                "write it as 25,10: 25 of each node to classify, 10 of each of those");
    }

    /// As a command line has it.
    String fanOut() {
        return near + "," + far;
    }
}
