package org.relata.sql.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// SQL text with {0}, {1}, … for arguments, and how strongly it and its places bind: brackets are written only where
/// they change the meaning.
///
/// @param parts the text around the places; one more than there are places
/// @param places the argument that stands there, and how strongly it must bind
/// @param binding how strongly the whole binds
record Template(List<String> parts, List<Place> places, int binding) {
    /// Where an argument stands.
    record Place(int argument, int binding) {}

    /// Nothing binds more strongly.
    static final int ATOM = 100;

    private static final Map<String, Template> KNOWN = new ConcurrentHashMap<>();
    private static final Pattern PLACE = Pattern.compile("\\{(\\d+)}");
    /// Operators and how strongly they bind.
    private static final Map<String, Integer> BINDING = Map.ofEntries(
            Map.entry("OR", 10),
            Map.entry("AND", 20),
            Map.entry("NOT", 30),
            Map.entry("=", 40),
            Map.entry("<>", 40),
            Map.entry("<", 40),
            Map.entry("<=", 40),
            Map.entry(">", 40),
            Map.entry(">=", 40),
            Map.entry("+", 60),
            Map.entry("-", 60),
            Map.entry("*", 70),
            Map.entry("/", 70),
            Map.entry("//", 70),
            Map.entry("%", 70),
            Map.entry("DIV", 70));

    /// How much text it is, in operators.
    int weight() {
        return 1 + parts.stream().mapToInt(String::length).sum() / 16;
    }

    static Template of(String text) {
        return KNOWN.computeIfAbsent(text, Template::read);
    }

    private static Template read(String text) {
        List<String> parts = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        Matcher matcher = PLACE.matcher(text);
        int end = 0;
        while (matcher.find()) {
            parts.add(text.substring(end, matcher.start()));
            end = matcher.end();
            int before = binding(word(text, matcher.start(), -1));
            int after = binding(word(text, end, 1));
            if (matcher.start() > 0 && text.charAt(matcher.start() - 1) == '-') { // a sign: two would start a comment
                before = 80;
            }
            // On the right of an operator an equally strong one needs brackets: a - (b - c).
            places.add(new Place(Integer.parseInt(matcher.group(1)), Math.max(before == 0 ? 0 : before + 1, after)));
        }
        parts.add(text.substring(end));
        return new Template(List.copyOf(parts), List.copyOf(places), whole(text));
    }

    /// The word next to a position, on the left (-1) or right (1) of it.
    private static String word(String text, int position, int step) {
        int from = step < 0 ? position - 1 : position;
        while (from >= 0 && from < text.length() && text.charAt(from) == ' ') {
            from += step;
        }
        int to = from;
        while (to >= 0 && to < text.length() && text.charAt(to) != ' ' && "(),{}".indexOf(text.charAt(to)) < 0) {
            to += step;
        }
        return step < 0 ? text.substring(to + 1, from + 1) : text.substring(from, Math.max(from, to));
    }

    private static int binding(String word) {
        // A sign before its argument binds more strongly than any operator.
        return word.equals("-") ? 60 : BINDING.getOrDefault(word, 0);
    }

    /// The weakest operator outside of brackets and CASE … END.
    private static int whole(String text) {
        if (text.startsWith("-{")) {
            return 80;
        }
        int weakest = ATOM;
        int depth = 0;
        for (String word : text.replace("(", " ( ").replace(")", " ) ").split(" +")) {
            switch (word) {
                case "(", "CASE" -> depth++;
                case ")", "END" -> depth--;
                default -> {
                    if (depth == 0) {
                        weakest = Math.min(weakest, BINDING.getOrDefault(word, ATOM));
                    }
                }
            }
        }
        return weakest;
    }
}
