package org.relata.cli.report;

import static org.relata.cli.report.Node.tag;
import static org.relata.cli.report.Node.texted;

import org.relata.cli.report.Node.Tag;
import org.relata.synth.link.Links;
import org.relata.synth.table.Anatomy;

/// A picture of the links of a foreign key as a matrix: rows of the table down, rows of its parent across, in their
/// order, and
/// the darker a cell the more links. The blocks of a hierarchical block model show as blocks.
final class WiringPicture {
    private static final int MOST_CELLS = 48;
    private static final int SHADES = 6;
    private static final double SIDE = 336;
    private static final double LEFT = 40;
    private static final double TOP = 34;

    private WiringPicture() {}

    /// The picture.
    ///
    /// @param child the name of the table that has the key
    static Tag of(Anatomy.Wiring wiring, String child) {
        int across = (int) Math.min(MOST_CELLS, Math.max(1, wiring.parents()));
        int down = (int) Math.min(MOST_CELLS, Math.max(1, wiring.children()));
        double[][] counts = counts(wiring, across, down);
        double most = 0;
        for (double[] row : counts) {
            for (double count : row) {
                most = Math.max(most, count);
            }
        }
        String title = child + "." + wiring.plan().column();
        Tag svg = tag("svg", "wiring")
                .set(
                        "viewBox",
                        "0 0 " + Figures.coordinate(LEFT + SIDE + 14) + " " + Figures.coordinate(TOP + SIDE + 14))
                .set("width", LEFT + SIDE + 14)
                .set("height", TOP + SIDE + 14)
                .set("role", "img")
                .add(texted("title", "Links of " + title))
                .add(tag("rect", "frame")
                        .set("x", LEFT)
                        .set("y", TOP)
                        .set("width", SIDE)
                        .set("height", SIDE));
        for (int shade = 1; shade <= SHADES; shade++) {
            svg.add(tag("path", "cell")
                    .set("d", cells(counts, most, shade))
                    .set("fill-opacity", (double) shade / SHADES));
        }
        return svg.add(texted(
                                "text",
                                "axis",
                                Figures.count(wiring.parents()) + " rows of "
                                        + wiring.plan().parent())
                        .set("x", LEFT + SIDE / 2)
                        .set("y", TOP - 12)
                        .set("text-anchor", "middle"))
                .add(texted("text", "axis", Figures.count(wiring.children()) + " rows of " + child)
                        .set("x", -(TOP + SIDE / 2))
                        .set("y", LEFT - 14)
                        .set("transform", "rotate(-90)")
                        .set("text-anchor", "middle"));
    }

    /// The cells of a shade, as one path.
    private static String cells(double[][] counts, double most, int shade) {
        double width = SIDE / counts[0].length;
        double height = SIDE / counts.length;
        String rest = "h" + Figures.coordinate(width) + "v" + Figures.coordinate(height) + "h-"
                + Figures.coordinate(width) + "z";
        StringBuilder path = new StringBuilder();
        for (int row = 0; row < counts.length; row++) {
            for (int column = 0; column < counts[row].length; column++) {
                if (Math.ceil(SHADES * Math.sqrt(counts[row][column] / most)) == shade) {
                    path.append('M').append(Figures.coordinate(LEFT + column * width));
                    path.append(' ')
                            .append(Figures.coordinate(TOP + row * height))
                            .append(rest);
                }
            }
        }
        return path.toString();
    }

    private static double[][] counts(Anatomy.Wiring wiring, int across, int down) {
        double[][] counts = new double[down][across];
        for (long row = 0; row < wiring.children(); row++) {
            long parent = wiring.links().parent(row);
            if (parent != Links.NONE) {
                counts[(int) (row * down / wiring.children())][(int) (parent * across / wiring.parents())]++;
            }
        }
        return counts;
    }
}
