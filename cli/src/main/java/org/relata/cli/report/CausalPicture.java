package org.relata.cli.report;

import static org.relata.cli.report.Node.tag;
import static org.relata.cli.report.Node.texted;

import java.util.ArrayList;
import java.util.List;
import org.relata.cli.report.Node.Tag;
import org.relata.synth.table.CausalGraph;

/// A picture of what causes what in a drawn table: causes above, effects below; a box for a column, a dot for a
/// variable that
/// no column shows.
final class CausalPicture {
    private static final double BOX = 104;
    private static final double HEIGHT = 28;
    private static final double ROW = 74;
    private static final double MARGIN = 16;
    private static final double DOT = 7;
    private static final double FOOT = 58;
    private static final double ROOM = 760;
    private static final double LEAST = 640;
    private static final int PER_ROW = 6;

    private final CausalGraph graph;
    private final List<LayeredLayout.Edge> edges = new ArrayList<>();
    private final LayeredLayout layout;
    private final double offset;

    private CausalPicture(CausalGraph graph) {
        this.graph = graph;
        for (int v = 0; v < graph.variables().size(); v++) {
            List<Integer> parents = graph.variables().get(v).parents();
            for (int p = 0; p < parents.size(); p++) {
                edges.add(new LayeredLayout.Edge(v, parents.get(p), p));
            }
        }
        layout = new LayeredLayout(graph.variables().size(), edges, BOX, 18, PER_ROW, ROOM);
        offset = MARGIN + Math.max(0, (LEAST - 2 * MARGIN - layout.width()) / 2);
    }

    /// The picture.
    static Tag of(CausalGraph graph) {
        return new CausalPicture(graph).draw();
    }

    private Tag draw() {
        double width = Math.max(layout.width() + 2 * MARGIN, LEAST);
        double height = layout.rows() * ROW + FOOT;
        Tag svg = tag("svg", "causes")
                .set("viewBox", "0 0 " + Figures.coordinate(width) + " " + Figures.coordinate(height))
                .set("width", width)
                .set("height", height)
                .set("role", "img")
                .add(texted("title", "What causes what in " + graph.table()));
        svg.add(tag("defs")
                .add(tag("marker")
                        .set("id", "effect")
                        .set("viewBox", "0 0 10 10")
                        .set("refX", "9")
                        .set("refY", "5")
                        .set("markerWidth", "7")
                        .set("markerHeight", "7")
                        .set("orient", "auto")
                        .add(tag("path", "head").set("d", "M0 0.8 L9 5 L0 9.2 Z"))));
        edges.forEach(edge -> svg.add(arrow(edge)));
        for (int v = 0; v < graph.variables().size(); v++) {
            svg.add(variable(v));
        }
        String heard = graph.hears().isEmpty()
                ? ""
                : "Whatever has a cause also depends on the columns of the rows that "
                        + String.join(" and ", graph.hears())
                        + (graph.hears().size() == 1 ? " leads to." : " lead to.");
        svg.add(note(
                "Box: a column. Dot: a variable that stays hidden. Dashed: nothing in the table causes it.",
                height - 30));
        return svg.add(note(heard, height - 12));
    }

    private static Tag note(String text, double y) {
        return texted("text", "note", text).set("x", MARGIN).set("y", y);
    }

    private double x(int variable) {
        return layout.centre(variable) + offset;
    }

    private double y(int row) {
        return MARGIN + row * ROW + HEIGHT / 2;
    }

    private boolean shown(int variable) {
        return graph.variables().get(variable).column().isPresent();
    }

    private Tag variable(int v) {
        CausalGraph.Variable variable = graph.variables().get(v);
        String style = variable.parents().isEmpty() ? "root" : "";
        double y = y(layout.row(v));
        if (!shown(v)) {
            return tag("circle", ("hidden " + style).strip())
                    .set("cx", x(v))
                    .set("cy", y)
                    .set("r", DOT);
        }
        return tag("g", ("column " + style).strip())
                .add(tag("rect")
                        .set("x", x(v) - BOX / 2)
                        .set("y", y - HEIGHT / 2)
                        .set("width", BOX)
                        .set("height", HEIGHT)
                        .set("rx", 7))
                .add(texted("text", "name", variable.column().orElseThrow())
                        .set("x", x(v))
                        .set("y", y + 4.5)
                        .set("text-anchor", "middle"));
    }

    /// From the cause, above or below, to the effect, past the rows between.
    private Tag arrow(LayeredLayout.Edge edge) {
        int cause = edge.parent();
        int effect = edge.child();
        boolean down = layout.row(effect) > layout.row(cause);
        double startX = x(cause);
        double startY = y(layout.row(cause)) + (down ? 1 : -1) * (shown(cause) ? HEIGHT / 2 : DOT);
        StringBuilder path = new StringBuilder("M").append(xy(startX, startY));
        for (LayeredLayout.Lane lane : layout.lanes(edge).reversed()) {
            double before = y(lane.row()) - (down ? 1 : -1) * HEIGHT / 2;
            double after = y(lane.row()) + (down ? 1 : -1) * HEIGHT / 2;
            curve(path, startX, startY, lane.x() + offset, before);
            path.append(" V").append(Figures.coordinate(after));
            startX = lane.x() + offset;
            startY = after;
        }
        double endY = y(layout.row(effect)) - (down ? 1 : -1) * ((shown(effect) ? HEIGHT / 2 : DOT) + 2);
        curve(path, startX, startY, x(effect), endY);
        return tag("path", "arrow").set("d", path.toString()).set("marker-end", "url(#effect)");
    }

    private static void curve(StringBuilder path, double x, double y, double toX, double toY) {
        double bend = (toY - y) * 0.5;
        path.append(" C").append(xy(x, y + bend)).append(' ').append(xy(toX, toY - bend));
        path.append(' ').append(xy(toX, toY));
    }

    private static String xy(double x, double y) {
        return Figures.coordinate(x) + " " + Figures.coordinate(y);
    }
}
