package org.relata.cli.report;

import static org.relata.cli.report.Node.tag;
import static org.relata.cli.report.Node.texted;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.relata.cli.report.Node.Tag;
import org.relata.database.ForeignKey;
import org.relata.database.Schema;
import org.relata.database.Table;

/// A picture of a schema: a box for each table with its keys and time column, an arrow for each foreign key from the
/// table that refers to the table referred to. What features read is shaded by its importance.
public final class SchemaDiagram {
    /// Above this many tables only those in use and their neighbours are drawn.
    private static final int MOST_TABLES = 60;

    private static final int MOST_LINES = 8;
    private static final double GAP = 26;
    private static final double ROW_GAP = 62;
    /// The width of the column that reports set text in.
    private static final double ROOM = 916;

    private static final double COMPACT_WIDTH = 150;
    private static final double COMPACT_GAP = 14;
    private static final double HEAD = 30;
    private static final double LINE = 19;
    private static final double MARGIN = 14;

    private final SchemaUsage usage;
    private final Map<String, TableFacts> facts;
    private final List<Table> tables;
    private final double boxWidth;
    private final List<LayeredLayout.Edge> edges = new ArrayList<>();
    private final LayeredLayout layout;
    private final double[] rowTop;
    private final double height;
    private final String id;
    private final boolean compact;

    private SchemaDiagram(Schema schema, Map<String, TableFacts> facts, SchemaUsage usage, boolean compact, String id) {
        this.usage = usage;
        this.facts = facts;
        this.id = id;
        this.compact = compact;
        tables = drawn(schema, usage);
        int longest = tables.stream()
                .flatMap(t -> java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(
                                t.name().length() + badge(t.name()).length() + 3),
                        lines(t).stream().map(line -> line.text().length() + 5)))
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        boxWidth = compact ? COMPACT_WIDTH : Math.clamp(longest * 7.2 + 20, 132, 216);
        for (int t = 0; t < tables.size(); t++) {
            List<ForeignKey> links = tables.get(t).foreignKeys();
            for (int k = 0; k < links.size(); k++) {
                int parent = index(links.get(k).targetTable());
                if (parent >= 0) {
                    edges.add(new LayeredLayout.Edge(t, parent, k));
                }
            }
        }
        layout = new LayeredLayout(
                tables.size(), edges, boxWidth, compact ? COMPACT_GAP : GAP, compact ? 2 : 4, compact ? 0 : ROOM);
        rowTop = new double[layout.rows() + 1];
        rowTop[0] = MARGIN;
        for (int row = 0; row < layout.rows(); row++) {
            rowTop[row + 1] = rowTop[row] + rowHeight(row) + ROW_GAP;
        }
        height = rowTop[layout.rows()] - ROW_GAP + MARGIN;
    }

    /// A stand-alone SVG file: it brings its own style, for light and dark.
    ///
    /// @param schema the tables and links
    /// @param facts row counts by table, for those that are known
    /// @param usage what to highlight
    public static String svg(Schema schema, Map<String, TableFacts> facts, SchemaUsage usage) {
        Tag svg = new SchemaDiagram(schema, facts, usage, false, "schema").draw(schema.name());
        svg.set("xmlns", "http://www.w3.org/2000/svg");
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        Node style = tag("style").add(new Node.Verbatim(Resource.text("palette.css") + Resource.text("schema.css")));
        svg.addFirst(style).write(out);
        return out.append('\n').toString();
    }

    /// The diagram for a page that has the style, once for wide screens and, without columns, once for
    /// narrow ones.
    static Tag figure(Schema schema, Map<String, TableFacts> facts, SchemaUsage usage) {
        return tag("div", "diagram")
                .add(tag("div", "wide")
                        .add(new SchemaDiagram(schema, facts, usage, false, "schema-wide").draw(schema.name())))
                .add(tag("div", "narrow")
                        .add(new SchemaDiagram(schema, facts, usage, true, "schema-narrow").draw(schema.name())));
    }

    /// How many tables a diagram leaves out because there are too many.
    static int omitted(Schema schema, SchemaUsage usage) {
        return schema.tables().size() - drawn(schema, usage).size();
    }

    /// The schema as a Mermaid entity-relationship diagram, which many Markdown viewers draw.
    public static String mermaid(Schema schema) {
        return SchemaText.mermaid(schema);
    }

    /// The schema as lines for a terminal: each table with its rows, keys, time span and links both ways.
    public static String text(Schema schema, Map<String, TableFacts> facts) {
        return SchemaText.text(schema, facts);
    }

    private static List<Table> drawn(Schema schema, SchemaUsage usage) {
        if (schema.tables().size() <= MOST_TABLES) {
            return schema.tables();
        }
        List<String> used = schema.tables().stream()
                .map(Table::name)
                .filter(name -> !usage.known() || usage.uses(name))
                .toList();
        List<Table> near = schema.tables().stream()
                .filter(t -> used.contains(t.name())
                        || t.foreignKeys().stream().anyMatch(link -> used.contains(link.targetTable()))
                        || schema.tables().stream()
                                .filter(other -> used.contains(other.name()))
                                .anyMatch(other -> other.foreignKeys().stream()
                                        .anyMatch(link -> link.targetTable().equals(t.name()))))
                .toList();
        List<Table> chosen = near.size() <= MOST_TABLES
                ? near
                : schema.tables().stream().filter(t -> used.contains(t.name())).toList();
        return chosen.stream().limit(MOST_TABLES).toList();
    }

    private Tag draw(String name) {
        double width = layout.width() + 2 * MARGIN;
        Tag svg = tag("svg", "schema")
                .set("viewBox", "0 0 " + Figures.coordinate(width) + " " + Figures.coordinate(height))
                .set("width", width)
                .set("height", height)
                .set("role", "img")
                .set("aria-labelledby", id + "-title " + id + "-text")
                .add(texted("title", "Schema of " + name).set("id", id + "-title"))
                .add(texted("desc", description()).set("id", id + "-text"));
        svg.add(tag("defs").add(arrow("plain"), arrow("used")));
        // Links that are used lie on top of those that are not, boxes on top of all.
        edges.stream().filter(e -> !used(e)).forEach(e -> svg.add(link(e)));
        edges.stream().filter(this::used).forEach(e -> svg.add(link(e)));
        for (int t = 0; t < tables.size(); t++) {
            svg.add(box(t));
        }
        return svg;
    }

    private String description() {
        return tables.stream()
                .map(t -> t.name()
                        + (t.foreignKeys().isEmpty()
                                ? ""
                                : " refers to "
                                        + t.foreignKeys().stream()
                                                .map(ForeignKey::targetTable)
                                                .distinct()
                                                .collect(Collectors.joining(", "))))
                .collect(Collectors.joining("; "));
    }

    private Tag arrow(String kind) {
        return tag("marker")
                .set("id", id + "-" + kind)
                .set("viewBox", "0 0 10 10")
                .set("refX", "8.5")
                .set("refY", "5")
                .set("markerWidth", "7")
                .set("markerHeight", "7")
                .set("orient", "auto-start-reverse")
                .add(tag("path", "head " + kind).set("d", "M0 0.8 L9 5 L0 9.2 Z"));
    }

    private boolean used(LayeredLayout.Edge edge) {
        return usage.links()
                .contains(new SchemaUsage.Link(
                        tables.get(edge.child()).name(),
                        tables.get(edge.parent()).name()));
    }

    private Tag link(LayeredLayout.Edge edge) {
        String kind = used(edge) ? "used" : "plain";
        Table child = tables.get(edge.child());
        String label =
                child.name() + "." + child.foreignKeys().get(edge.number()).label() + " → "
                        + tables.get(edge.parent()).name();
        StringBuilder path = new StringBuilder();
        if (edge.child() == edge.parent()) {
            double right = left(edge.child()) + boxWidth;
            double y = top(edge.child()) + HEAD / 2;
            path.append("M").append(xy(right, y + 14)).append(" C").append(xy(right + 20, y + 14));
            path.append(' ').append(xy(right + 20, y - 6)).append(' ').append(xy(right + 2, y - 4));
        } else {
            boolean up = layout.row(edge.child()) > layout.row(edge.parent());
            double x = port(edge, edge.child(), up);
            double y = up ? top(edge.child()) : bottom(edge.child());
            path.append("M").append(xy(x, y));
            for (LayeredLayout.Lane lane : layout.lanes(edge)) {
                double laneTop = rowTop[lane.row()];
                double laneBottom = laneTop + rowHeight(lane.row());
                curve(path, x, y, lane.x() + MARGIN, up ? laneBottom : laneTop);
                path.append(" V").append(Figures.coordinate(up ? laneTop : laneBottom));
                x = lane.x() + MARGIN;
                y = up ? laneTop : laneBottom;
            }
            double endY = up ? bottom(edge.parent()) + 2 : top(edge.parent()) - 2;
            curve(path, x, y, port(edge, edge.parent(), !up), endY);
        }
        return tag("path", "link " + kind)
                .set("d", path.toString())
                .set("marker-end", "url(#" + id + "-" + kind + ")")
                .add(texted("title", label));
    }

    /// The place on a box's edge where a link meets it: links that meet there are spread in the order of the boxes at
    /// their other ends.
    private double port(LayeredLayout.Edge edge, int box, boolean upperSide) {
        List<LayeredLayout.Edge> here = edges.stream()
                .filter(e -> e.child() != e.parent() && (e.child() == box || e.parent() == box))
                .filter(e -> upperSide == (layout.row(other(e, box)) < layout.row(box)))
                .sorted(java.util.Comparator.comparingDouble(e -> next(e, box)))
                .toList();
        double share = (here.indexOf(edge) + 1.0) / (here.size() + 1);
        return left(box) + boxWidth * (0.12 + 0.76 * share);
    }

    private double next(LayeredLayout.Edge edge, int box) {
        List<LayeredLayout.Lane> lanes = layout.lanes(edge);
        if (lanes.isEmpty()) {
            return layout.centre(other(edge, box));
        }
        return (edge.child() == box ? lanes.getFirst() : lanes.getLast()).x();
    }

    private static int other(LayeredLayout.Edge edge, int box) {
        return edge.child() == box ? edge.parent() : edge.child();
    }

    private static void curve(StringBuilder path, double x, double y, double toX, double toY) {
        double bend = (toY - y) * 0.5;
        path.append(" C").append(xy(x, y + bend)).append(' ').append(xy(toX, toY - bend));
        path.append(' ').append(xy(toX, toY));
    }

    private static String xy(double x, double y) {
        return Figures.coordinate(x) + " " + Figures.coordinate(y);
    }

    private Tag box(int t) {
        Table table = tables.get(t);
        boolean entity = usage.entity().filter(table.name()::equals).isPresent();
        boolean idle = usage.known() && !usage.uses(table.name());
        Tag group = tag("g", "table" + (entity ? " entity" : "") + (idle ? " idle" : ""));
        double x = left(t);
        double y = top(t);
        double boxHeight = boxHeight(table);
        group.add(rect("box", x, y, boxHeight));
        Optional.ofNullable(usage.importance().get(table.name())).ifPresent(share -> {
            double most = usage.importance().values().stream()
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(1);
            group.add(rect("heat", x, y, boxHeight).set("fill-opacity", 0.04 + 0.3 * (most > 0 ? share / most : 0)));
        });
        int room = (int) ((boxWidth - 20) / 7.4) - badge(table.name()).length() - 1;
        group.add(texted("title", tooltip(table)));
        group.add(texted("text", "name", shorten(table.name(), room))
                .set("x", x + 10)
                .set("y", y + 19));
        group.add(texted("text", "badge", badge(table.name()))
                .set("x", x + boxWidth - 10)
                .set("y", y + 19)
                .set("text-anchor", "end"));
        double baseline = y + HEAD + 13;
        for (Line line : lines(table)) {
            group.add(texted("text", "role", line.role()).set("x", x + 10).set("y", baseline));
            group.add(texted("text", "column", shorten(line.text(), (int) ((boxWidth - 54) / 6.6)))
                    .set("x", x + 44)
                    .set("y", baseline));
            baseline += LINE;
        }
        return group;
    }

    private Tag rect(String styleClass, double x, double y, double boxHeight) {
        return tag("rect", styleClass)
                .set("x", x)
                .set("y", y)
                .set("width", boxWidth)
                .set("height", boxHeight)
                .set("rx", 7);
    }

    private String tooltip(Table table) {
        return table.name() + " · " + Figures.count(table.columns().size(), "column")
                + Optional.ofNullable(facts.get(table.name()))
                        .map(f -> " · " + Figures.count(f.rows(), "row"))
                        .orElse("")
                + Optional.ofNullable(usage.importance().get(table.name()))
                        .map(share -> " · " + Figures.percent(share) + " of importance")
                        .orElse("");
    }

    /// What stands at the right of a box's head: its importance, or its size when nothing is highlighted.
    private String badge(String table) {
        if (usage.known()) {
            return Optional.ofNullable(usage.importance().get(table))
                    .map(Figures::percent)
                    .orElse("");
        }
        return Optional.ofNullable(facts.get(table))
                .map(f -> Figures.count(f.rows()))
                .orElse("");
    }

    private List<Line> lines(Table table) {
        if (compact) {
            return List.of();
        }
        List<Line> lines = new ArrayList<>();
        if (!table.primaryKey().isEmpty()) {
            lines.add(new Line("key", String.join(", ", table.primaryKey())));
        }
        table.timeColumn().ifPresent(column -> lines.add(new Line("time", column)));
        for (ForeignKey link : table.foreignKeys()) {
            lines.add(new Line("link", link.label()));
        }
        if (lines.size() > MOST_LINES) {
            int more = lines.size() - MOST_LINES + 1;
            lines.subList(MOST_LINES - 1, lines.size()).clear();
            lines.add(new Line("", "and " + Figures.count(more, "more link")));
        }
        return lines;
    }

    private static String shorten(String text, int letters) {
        return text.codePointCount(0, text.length()) <= letters
                ? text
                : text.substring(0, text.offsetByCodePoints(0, Math.max(1, letters - 1))) + "…";
    }

    private int index(String table) {
        for (int t = 0; t < tables.size(); t++) {
            if (tables.get(t).name().equals(table)) {
                return t;
            }
        }
        return -1;
    }

    private double rowHeight(int row) {
        double most = 0;
        for (int t = 0; t < tables.size(); t++) {
            most = layout.row(t) == row ? Math.max(most, boxHeight(tables.get(t))) : most;
        }
        return most;
    }

    private double boxHeight(Table table) {
        int lines = lines(table).size();
        return HEAD + (lines == 0 ? 0 : lines * LINE + 8);
    }

    private double left(int t) {
        return layout.centre(t) - boxWidth / 2 + MARGIN;
    }

    /// Boxes of a row hang from its top, or stand on its floor when they have nothing above them: arrows stay short.
    private double top(int t) {
        boolean linksUp = edges.stream().anyMatch(e -> e.child() == t && layout.row(e.parent()) < layout.row(t));
        return linksUp
                ? rowTop[layout.row(t)]
                : rowTop[layout.row(t)] + rowHeight(layout.row(t)) - boxHeight(tables.get(t));
    }

    private double bottom(int t) {
        return top(t) + boxHeight(tables.get(t));
    }

    private record Line(String role, String text) {}
}
