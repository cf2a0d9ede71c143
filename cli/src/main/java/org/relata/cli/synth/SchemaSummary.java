package org.relata.cli.synth;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.relata.synth.schema.SchemaStatistics;

/// The distribution of what schemas look like.
///
/// @param measures for each measure, least, 5%, median, 95%, most and mean
public record SchemaSummary(Map<String, List<Double>> measures) {
    /// The headers of the six numbers.
    public static final List<String> HEADERS = List.of("min", "5%", "median", "95%", "max", "mean");

    /// Summarises schemas.
    public static SchemaSummary of(List<SchemaStatistics> all) {
        Map<String, List<Double>> measures = new LinkedHashMap<>();
        measures.put("tables", each(all, SchemaStatistics::tables));
        measures.put("activity tables", each(all, SchemaStatistics::activityTables));
        measures.put("foreign keys", each(all, SchemaStatistics::links));
        measures.put("depth", each(all, SchemaStatistics::depth));
        measures.put("rows", each(all, SchemaStatistics::rows));
        measures.put("days", each(all, SchemaStatistics::days));
        measures.put(
                "columns of a table",
                summary(all.stream().flatMap(s -> s.columns().stream()).map(n -> (long) n)));
        measures.put(
                "foreign keys of a table",
                summary(all.stream().flatMap(s -> s.linksOfTables().stream()).map(n -> (long) n)));
        return new SchemaSummary(measures);
    }

    private static List<Double> each(List<SchemaStatistics> all, ToLongFunction<SchemaStatistics> measure) {
        return summary(all.stream().map(measure::applyAsLong));
    }

    private static List<Double> summary(Stream<Long> values) {
        double[] sorted = values.mapToDouble(Long::doubleValue).sorted().toArray();
        return Stream.of(
                        quantile(sorted, 0),
                        quantile(sorted, 0.05),
                        quantile(sorted, 0.5),
                        quantile(sorted, 0.95),
                        quantile(sorted, 1),
                        Arrays.stream(sorted).average().orElse(0))
                .toList();
    }

    private static double quantile(double[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
