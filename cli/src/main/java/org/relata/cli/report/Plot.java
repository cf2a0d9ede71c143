package org.relata.cli.report;

import static org.relata.cli.report.Node.tag;
import static org.relata.cli.report.Node.texted;

import java.util.ArrayList;
import java.util.List;
import org.relata.cli.report.Node.Tag;
import org.relata.learn.tabular.Curves.Point;

/// A small chart in SVG: two axes and whatever is drawn between them, later calls on top. All charts of a report have
/// the same proportions, and text large enough to be read on a phone.
final class Plot {
    private static final double WIDTH = 440;
    private static final double HEIGHT = 320;
    private static final double LEFT = 60;
    private static final double RIGHT = 14;
    private static final double TOP = 12;
    private static final double BOTTOM = 48;

    private final String id;
    private final String title;
    private final String caption;
    private final Axis x;
    private final Axis y;
    private final List<Tag> marks = new ArrayList<>();
    private final List<Key> keys = new ArrayList<>();

    private record Key(String shape, String styleClass, String label) {}

    /// A chart without marks.
    ///
    /// @param id unique within the page
    /// @param title what it shows
    /// @param caption how to read it, for readers and for screen readers
    Plot(String id, String title, String caption, Axis x, Axis y) {
        this.id = id;
        this.title = title;
        this.caption = caption;
        this.x = x;
        this.y = y;
    }

    /// Explains a style in the legend.
    ///
    /// @param shape `line`, `dash`, `dot` or `bar`
    Plot key(String shape, String styleClass, String label) {
        keys.add(new Key(shape, styleClass, label));
        return this;
    }

    /// A line through points.
    Plot line(String styleClass, List<Point> points) {
        return path(styleClass, points, false);
    }

    /// A line that rises or falls only at points: level from the point before at the height of the next.
    Plot steps(String styleClass, List<Point> points) {
        return path(styleClass, points, true);
    }

    private Plot path(String styleClass, List<Point> points, boolean steps) {
        if (points.isEmpty()) {
            return this;
        }
        StringBuilder d = new StringBuilder();
        for (Point point : points) {
            String across = Figures.coordinate(across(point.x()));
            String up = Figures.coordinate(up(point.y()));
            if (d.isEmpty()) {
                d.append('M').append(across).append(' ').append(up);
            } else if (steps) {
                d.append('V').append(up).append('H').append(across);
            } else {
                d.append('L').append(across).append(' ').append(up);
            }
        }
        marks.add(tag("path", "line " + styleClass).set("d", d.toString()));
        return this;
    }

    /// A dot, with a text that shows when pointed at.
    Plot dot(String styleClass, Point point, double radius, String text) {
        marks.add(tag("circle", "dot " + styleClass)
                .set("cx", across(point.x()))
                .set("cy", up(point.y()))
                .set("r", radius)
                .add(texted("title", text)));
        return this;
    }

    /// Many dots as one path, without texts.
    Plot cloud(String styleClass, List<Point> points) {
        StringBuilder d = new StringBuilder();
        for (Point point : points) {
            d.append('M').append(Figures.coordinate(across(point.x()))).append(' ');
            d.append(Figures.coordinate(up(point.y()))).append("h0");
        }
        marks.add(tag("path", "cloud " + styleClass).set("d", d.toString()));
        return this;
    }

    /// A bar between two values of x and two of y.
    Plot bar(String styleClass, double fromX, double toX, double fromY, double toY, String text) {
        double left = across(fromX);
        double right = across(toX);
        double top = up(Math.max(fromY, toY));
        double gap = Math.min(1, (right - left) * 0.1);
        marks.add(tag("rect", "column " + styleClass)
                .set("x", left + gap)
                .set("y", top)
                .set("width", Math.max(0.5, right - left - 2 * gap))
                .set("height", Math.max(0, up(Math.min(fromY, toY)) - top))
                .add(texted("title", text)));
        return this;
    }

    /// A vertical span at a value of x, such as an interval.
    Plot span(String styleClass, double at, double low, double high) {
        marks.add(tag("path", "line " + styleClass)
                .set(
                        "d",
                        "M" + Figures.coordinate(across(at)) + " " + Figures.coordinate(up(low)) + "V"
                                + Figures.coordinate(up(high))));
        return this;
    }

    /// A text inside the frame.
    Plot note(String text, double atX, double atY, String anchor) {
        marks.add(texted("text", "note", text)
                .set("x", across(atX))
                .set("y", up(atY))
                .set("text-anchor", anchor));
        return this;
    }

    /// The chart with title, legend and caption.
    Tag figure() {
        Tag figure = tag("figure", "chart").add(texted("h3", title).set("id", id));
        if (keys.isEmpty()) {
            // Keeps the plots of neighbouring charts level.
            figure.add(tag("div", "legend"));
        } else {
            Tag legend = tag("ul", "legend");
            for (Key key : keys) {
                legend.add(tag("li")
                        .add(tag("i", "key " + key.shape() + " " + key.styleClass())
                                .set("aria-hidden", "true"))
                        .text(key.label()));
            }
            figure.add(legend);
        }
        return figure.add(svg()).add(texted("figcaption", caption));
    }

    /// The plot alone.
    Tag svg() {
        Tag svg = tag("svg", "plot")
                .set("viewBox", "0 0 " + Figures.coordinate(WIDTH) + " " + Figures.coordinate(HEIGHT))
                .set("role", "img")
                .set("aria-labelledby", id + "-title " + id + "-text")
                .add(texted("title", title).set("id", id + "-title"))
                .add(texted("desc", caption).set("id", id + "-text"));
        double floor = HEIGHT - BOTTOM;
        for (Axis.Tick tick : y.ticks()) {
            double at = up(tick.at());
            svg.add(tag("path", "grid").set("d", "M" + LEFT + " " + Figures.coordinate(at) + "H" + (WIDTH - RIGHT)));
            svg.add(texted("text", "tick", tick.label())
                    .set("x", LEFT - 8)
                    .set("y", at + 4)
                    .set("text-anchor", "end"));
        }
        for (Axis.Tick tick : x.ticks()) {
            double at = across(tick.at());
            svg.add(tag("path", "grid").set("d", "M" + Figures.coordinate(at) + " " + floor + "v4"));
            svg.add(texted("text", "tick", tick.label())
                    .set("x", Math.min(at, WIDTH - tick.label().length() * 3.6))
                    .set("y", floor + 18)
                    .set("text-anchor", "middle"));
        }
        svg.add(tag("path", "frame").set("d", "M" + LEFT + " " + floor + "H" + (WIDTH - RIGHT)));
        svg.add(texted("text", "axis", x.label())
                .set("x", (LEFT + WIDTH - RIGHT) / 2)
                .set("y", HEIGHT - 8)
                .set("text-anchor", "middle"));
        svg.add(texted("text", "axis", y.label())
                .set("x", -(TOP + floor) / 2)
                .set("y", 12)
                .set("transform", "rotate(-90)")
                .set("text-anchor", "middle"));
        return svg.add(marks);
    }

    private double across(double value) {
        return LEFT + x.position(x.clamp(value)) * (WIDTH - LEFT - RIGHT);
    }

    private double up(double value) {
        return HEIGHT - BOTTOM - y.position(y.clamp(value)) * (HEIGHT - TOP - BOTTOM);
    }
}
