package org.relata.features.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relata.database.Database;
import org.relata.features.Feature;
import org.relata.features.FeatureSettings;

/// Writes down the features of a path: which aggregations of which measures over which windows, with names and
/// sentences.
final class Outputs {
    private static final Window ALL = new Window.AllHistory();

    private final FeatureSettings settings;
    private final PathWords words;

    Outputs(FeatureSettings settings, PathWords words) {
        this.settings = settings;
        this.words = words;
    }

    /// The features of a path that leads to one row, or to none.
    List<Output> single(String query, JoinPath path, EncodedTable end, boolean bounded) {
        Collector out = new Collector(query, path, bounded);
        for (int m = 0; m < end.measures().size(); m++) {
            Measure measure = end.measures().get(m);
            if (measure.type() == Measure.Type.LINK) {
                continue;
            }
            String sentence = measure.type() == Measure.Type.TIME
                    ? "days from " + measure.words() + " of " + words.phrase(path) + " to the question"
                    : measure.words() + " of " + words.phrase(path);
            String name = out.label + "." + measure.name();
            out.add(name, sentence, m, measure, Aggregation.VALUE, ALL);
        }
        if (end.timed()) {
            out.add(
                    "days since " + out.label,
                    "days since " + words.phrase(path) + " appeared",
                    Aggregation.SINCE_LAST,
                    ALL);
        }
        return out.outputs;
    }

    /// Features of the question itself.
    List<Output> question(String query, String entityTable) {
        Collector out = new Collector(query, new JoinPath(entityTable, List.of()), true);
        out.time = Feature.TimeBound.CUTOFF_ONLY;
        out.add(
                "staleness",
                "days between the newest data that may be seen and the question",
                Aggregation.STALENESS,
                ALL);
        if (settings.calendar()) {
            out.add("month", "month of the question", Aggregation.SEED_MONTH, ALL);
            out.add("weekday", "weekday of the question", Aggregation.SEED_WEEKDAY, ALL);
            out.add("hour", "hour of the question", Aggregation.SEED_HOUR, ALL);
        }
        return out.outputs;
    }

    /// The features of a path that leads to many rows.
    ///
    /// @param bounded whether a table on the way carries a time, so that the cut-off bounds what is read
    /// @param dated whether the counted rows carry a time, so that windows and "last" mean something
    /// @param through whether the measures are those of a parent of the counted rows
    List<Output> many(
            String query,
            JoinPath path,
            EncodedTable end,
            List<Long> spans,
            boolean bounded,
            boolean dated,
            boolean through) {
        Collector out = new Collector(query, path, bounded);
        List<Window> recent = new ArrayList<>();
        for (long span : spans) {
            recent.add(new Window.Span(span));
        }
        if (!through) {
            out.add("count(" + out.label + ")", "number of " + out.rows, Aggregation.COUNT, ALL);
            for (Window window : recent) {
                out.add("count(" + out.label + ")", "number of " + out.rows, Aggregation.COUNT, window);
            }
            if (dated) {
                out.add(
                        "days since first " + out.label,
                        "days since the first of " + out.rows,
                        Aggregation.SINCE_FIRST,
                        ALL);
                out.add(
                        "days since last " + out.label,
                        "days since the last of " + out.rows,
                        Aggregation.SINCE_LAST,
                        ALL);
            }
        }
        for (int m = 0; m < end.measures().size(); m++) {
            Measure measure = end.measures().get(m);
            switch (measure.type()) {
                case NUMERIC -> numeric(out, m, measure, recent, dated, through);
                case CATEGORICAL -> categorical(out, m, measure, recent, dated);
                case TIME -> {}
                case LINK -> link(out, m, measure, path.steps().getLast());
            }
        }
        return out.outputs;
    }

    private void numeric(Collector out, int m, Measure measure, List<Window> recent, boolean dated, boolean through) {
        out.aggregate(m, measure, Aggregation.MEAN, ALL);
        out.aggregate(m, measure, Aggregation.MIN, ALL);
        out.aggregate(m, measure, Aggregation.MAX, ALL);
        if (dated) {
            out.aggregate(m, measure, Aggregation.LAST, ALL);
        }
        if (through) {
            return;
        }
        out.aggregate(m, measure, Aggregation.SUM, ALL);
        out.aggregate(m, measure, Aggregation.DEVIATION, ALL);
        if (settings.skewness()) {
            out.aggregate(m, measure, Aggregation.SKEWNESS, ALL);
        }
        if (!dated) {
            return;
        }
        out.aggregate(m, measure, Aggregation.TREND, ALL);
        for (Window window : recent) {
            out.aggregate(m, measure, Aggregation.MEAN, window);
            out.aggregate(m, measure, Aggregation.SUM, window);
            out.aggregate(m, measure, Aggregation.MIN, window);
            out.aggregate(m, measure, Aggregation.MAX, window);
        }
        if (settings.lastRows() > 0) {
            Window last = new Window.LastRows(settings.lastRows());
            out.aggregate(m, measure, Aggregation.MEAN, last);
            out.aggregate(m, measure, Aggregation.MIN, last);
            out.aggregate(m, measure, Aggregation.MAX, last);
        }
    }

    /// How many different parents the rows have, by every key but the one the path came along.
    private static void link(Collector out, int m, Measure measure, Step last) {
        boolean along =
                last instanceof Step.Children && measure.name().equals(Database.foreignKeyColumn(last.foreignKey()));
        if (!along && last instanceof Step.Children) {
            out.distinct(m, measure);
        }
    }

    private void categorical(Collector out, int m, Measure measure, List<Window> recent, boolean dated) {
        out.aggregate(m, measure, Aggregation.DISTINCT, ALL);
        out.aggregate(m, measure, Aggregation.MODE, ALL);
        if (dated) {
            out.aggregate(m, measure, Aggregation.LAST, ALL);
        }
        int shares =
                Math.min(settings.frequentCategories(), measure.categories().size() - 1);
        for (int code = 0; code < shares; code++) {
            out.share(m, measure, code, ALL);
            if (!recent.isEmpty()) {
                out.share(m, measure, code, recent.get(recent.size() / 2));
            }
        }
    }

    /// Features that aggregate, over the rows one hop before the end, aggregates of the rows at the end.
    List<Output> stacked(String query, JoinPath path, EncodedTable end) {
        Collector out = new Collector(query, path, true);
        JoinPath before = new JoinPath(
                path.entityTable(), path.steps().subList(0, path.steps().size() - 1));
        String per = " per " + PathWords.singular(before.table()) + ", over " + words.phrase(before);
        List<Aggregation> outer = List.of(Aggregation.MEAN, Aggregation.MAX, Aggregation.MIN, Aggregation.DEVIATION);
        for (Aggregation aggregation : outer) {
            out.stack(aggregation, Aggregation.COUNT, -1, "number of " + PathWords.spaced(path.table()) + per, "");
        }
        for (int m = 0; m < end.measures().size(); m++) {
            Measure measure = end.measures().get(m);
            if (measure.type() == Measure.Type.NUMERIC) {
                for (Aggregation inner : List.of(Aggregation.SUM, Aggregation.MEAN)) {
                    for (Aggregation aggregation : outer) {
                        out.stack(
                                aggregation,
                                inner,
                                m,
                                inner.label() + " of " + measure.words() + per,
                                "." + measure.name());
                    }
                }
            }
        }
        return out.outputs;
    }

    /// Gathers the outputs of one path.
    private final class Collector {
        final List<Output> outputs = new ArrayList<>();
        final String query;
        final JoinPath path;
        final String label;
        final String rows;
        Feature.TimeBound time;

        Collector(String query, JoinPath path, boolean bounded) {
            this.query = query;
            this.path = path;
            this.label = words.label(path);
            this.rows = words.phrase(path);
            this.time = bounded ? Feature.TimeBound.BEFORE_CUTOFF : Feature.TimeBound.STATIC;
        }

        void aggregate(int m, Measure measure, Aggregation aggregation, Window window) {
            String name = aggregation.label() + "(" + label + "." + measure.name() + ")";
            String what = switch (aggregation) {
                case DISTINCT -> "number of distinct values of ";
                case MODE -> "most frequent ";
                case DEVIATION -> "standard deviation of ";
                case SKEWNESS -> "skewness of ";
                case MIN -> "smallest ";
                case MAX -> "largest ";
                case TREND -> "change a day of ";
                case LAST -> "latest ";
                case SUM -> "sum of ";
                case MEAN -> "mean of ";
                case VALUE, COUNT, SHARE, SINCE_FIRST, SINCE_LAST, STALENESS, SEED_MONTH, SEED_WEEKDAY, SEED_HOUR -> "";
            };
            add(name, what + measure.words() + " over " + rows, m, measure, aggregation, window);
        }

        void distinct(int m, Measure link) {
            String name = "distinct(" + label + " > " + link.words() + ")";
            put(
                    name,
                    "number of distinct " + link.words() + " over " + rows,
                    m,
                    Aggregation.DISTINCT,
                    ALL,
                    Optional.empty(),
                    Optional.empty(),
                    List.of());
        }

        void share(int m, Measure measure, int code, Window window) {
            String category = measure.categories().get(code);
            String name = "share(" + label + "." + measure.name() + " = " + category + ")";
            String sentence = "share of " + rows + " with " + measure.words() + " " + category;
            put(name, sentence, m, Aggregation.SHARE, window, Optional.of(code), Optional.empty(), List.of());
        }

        void stack(Aggregation outer, Aggregation inner, int m, String what, String suffix) {
            String name = outer.label() + "(" + inner.label() + "(" + label + suffix + "))";
            String sentence =
                    (outer == Aggregation.DEVIATION ? "standard deviation" : outer.label()) + " of the " + what;
            put(name, sentence, m, outer, ALL, Optional.empty(), Optional.of(inner), List.of());
        }

        void add(String name, String sentence, Aggregation aggregation, Window window) {
            put(name, sentence, -1, aggregation, window, Optional.empty(), Optional.empty(), List.of());
        }

        void add(String name, String sentence, int m, Measure measure, Aggregation aggregation, Window window) {
            boolean keepsCode = aggregation == Aggregation.VALUE
                    || aggregation == Aggregation.MODE
                    || aggregation == Aggregation.LAST;
            boolean categorical = keepsCode && measure.type() == Measure.Type.CATEGORICAL;
            put(
                    name,
                    sentence,
                    m,
                    aggregation,
                    window,
                    Optional.empty(),
                    Optional.empty(),
                    categorical ? measure.categories() : List.of());
        }

        private void put(
                String name,
                String sentence,
                int m,
                Aggregation aggregation,
                Window window,
                Optional<Integer> category,
                Optional<Aggregation> inner,
                List<String> categories) {
            String when = switch (window) {
                case Window.AllHistory _ -> "";
                case Window.Span span -> " last " + Window.words(span.microseconds());
                case Window.LastRows last -> " last " + last.rows() + " rows";
            };
            String inWords = switch (window) {
                case Window.AllHistory _ -> "";
                case Window.Span span -> " in the last " + Window.words(span.microseconds());
                case Window.LastRows last -> ", only the last " + last.rows();
            };
            Feature.Type type = categories.isEmpty() ? Feature.Type.NUMERIC : Feature.Type.CATEGORICAL;
            Feature feature = new Feature(name + when, type, sentence + inWords, query, path.tables(), time);
            outputs.add(new Output(feature, m, aggregation, window, category, inner, categories));
        }
    }
}
