package org.relata.features.oracle;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.relata.database.Table;
import org.relata.features.plan.Measure;
import org.relata.features.plan.Reading;

/// What a measure reads of a row, in plain Java.
final class Readings {
    private static final double DAY = 86_400e6;

    private final World world;

    Readings(World world) {
        this.world = world;
    }

    /// The value of a measure of a row; nothing when it is missing. Times are days since 1970.
    Optional<Double> read(Table table, Measure measure, Row row) {
        if (measure.reading() instanceof Reading.Link) {
            Row parent = row.parents[Integer.parseInt(measure.column().substring("__fk".length()))];
            return parent != null && world.has(parent) ? Optional.of((double) world.number(parent)) : Optional.empty();
        }
        int c = table.columns().indexOf(table.column(measure.column()).orElseThrow());
        boolean own = table.timeColumn().filter(measure.column()::equals).isPresent();
        Object value = own ? row.time : row.values[c];
        return value == null ? Optional.empty() : present(measure, row, value);
    }

    private static Optional<Double> present(Measure measure, Row row, Object value) {
        return switch (measure.reading()) {
            case Reading.Number _ -> Optional.of((Double) value).filter(v -> Math.abs(v) <= Float.MAX_VALUE);
            case Reading.Flag _ -> Optional.of((Boolean) value ? 1.0 : 0.0);
            case Reading.Code _ -> {
                List<String> codes = measure.categories();
                int code = codes.subList(0, codes.size() - 1).indexOf(value.toString());
                yield Optional.of((double) (code < 0 ? codes.size() - 1 : code));
            }
            case Reading.ListSize _ -> Optional.of((double) ((List<?>) value).size());
            case Reading.ListContains contains ->
                Optional.of(((List<?>) value).contains(contains.element()) ? 1.0 : 0.0);
            case Reading.TextLength _ -> {
                String text = (String) value;
                yield Optional.of((double) text.codePointCount(0, text.length()));
            }
            case Reading.TextWords _ -> Optional.of((double) words(value).size());
            case Reading.TextBucket bucket -> {
                List<String> words = words(value);
                long hits = words.stream()
                        .filter(word -> bucket(word, bucket.buckets()) == bucket.bucket())
                        .count();
                yield Optional.of((double) hits / Math.max(1, words.size()));
            }
            case Reading.Element element -> {
                List<?> elements = (List<?>) value;
                yield element.index() <= elements.size()
                        ? Optional.of((Double) elements.get(element.index() - 1))
                        : Optional.empty();
            }
            case Reading.Day _ -> Optional.of((Long) value / DAY);
            case Reading.DaysAfter _ -> Optional.ofNullable(row.time).map(time -> ((Long) value - time) / DAY);
            case Reading.CalendarPart calendar -> {
                LocalDateTime time = WorldStore.time((Long) value);
                int part = switch (calendar.part()) {
                    case YEAR -> time.getYear();
                    case MONTH -> time.getMonthValue();
                    case DAY -> time.getDayOfMonth();
                    case WEEKDAY -> time.getDayOfWeek().getValue();
                };
                int code = part - calendar.first();
                boolean known = code >= 0 && code < measure.categories().size();
                yield known ? Optional.of((double) code) : Optional.empty();
            }
            case Reading.Link _ -> throw new IllegalArgumentException("a link is not a value");
        };
    }

    private static List<String> words(Object text) {
        return Arrays.stream(text.toString().toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static int bucket(String word, int buckets) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(word.getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, digest).mod(BigInteger.valueOf(buckets)).intValue();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
