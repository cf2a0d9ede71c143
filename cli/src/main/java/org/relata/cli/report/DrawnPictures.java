package org.relata.cli.report;

import static org.relata.cli.report.Node.tag;

import java.util.ArrayList;
import java.util.List;
import org.relata.cli.report.Node.Tag;
import org.relata.learn.tabular.Curves.Point;
import org.relata.synth.table.Anatomy;
import org.relata.synth.table.CausalGraph;

/// Pictures of how a drawn database came about, each a stand-alone SVG file that brings its own style, for light and
/// dark.
public final class DrawnPictures {
    private static final double WIDTH = 560;

    private DrawnPictures() {}

    /// What causes what in a table.
    public static String causes(CausalGraph graph) {
        return file(CausalPicture.of(graph));
    }

    /// The links of a foreign key as a matrix.
    ///
    /// @param child the name of the table that has the key
    public static String links(Anatomy.Wiring wiring, String child) {
        return file(WiringPicture.of(wiring, child));
    }

    /// A column over time.
    ///
    /// @param name what is shown, as `table.column`
    /// @param micros the times, in microseconds since 1970, ascending
    /// @param values the value at each
    public static String series(String name, List<Double> micros, List<Double> values) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < micros.size(); i++) {
            points.add(new Point(micros.get(i), values.get(i)));
        }
        double low = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double high = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        Plot plot = new Plot(
                        "series",
                        name + " over time",
                        "",
                        Axis.time("", micros.getFirst(), micros.getLast()),
                        Axis.round(name, low, high))
                .line("s-test thin", points);
        return file(plot.svg().set("viewBox", "0 0 460 320").set("width", WIDTH).set("height", WIDTH * 320 / 460));
    }

    private static String file(Tag svg) {
        svg.set("xmlns", "http://www.w3.org/2000/svg");
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        Node style = tag("style").add(new Node.Verbatim(Resource.text("palette.css") + Resource.text("drawn.css")));
        svg.addFirst(style).write(out);
        return out.append('\n').toString();
    }
}
