package org.relata.cli.synth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.cli.report.DrawnPictures;
import org.relata.cli.report.SchemaDiagram;
import org.relata.cli.report.SchemaUsage;
import org.relata.cli.report.TableFacts;
import org.relata.cli.run.Aside;
import org.relata.database.Column;
import org.relata.database.ColumnKind;
import org.relata.database.ForeignKey;
import org.relata.database.Schema;
import org.relata.database.Table;
import org.relata.synth.SyntheticDataset;
import org.relata.synth.schema.ColumnPlan;
import org.relata.synth.schema.LinkPlan;
import org.relata.synth.schema.TablePlan;
import org.relata.synth.table.Anatomy;
import org.relata.synth.table.CausalGraph;

/// Writes pictures of how a database comes about: its schema, the links of a foreign key, a column over time, and what
/// causes
/// what in a table.
///
/// What is worth a picture is chosen: the links with the most rows, the smoothest column, and the
/// table whose graph is neither trivial nor a tangle.
public final class Pictures {
    private static final int BEST_VARIABLES = 10;

    private final SyntheticDataset dataset;
    private final int threads;

    /// @param dataset the database; none of its rows is kept
    public Pictures(SyntheticDataset dataset, int threads) {
        this.dataset = dataset;
        this.threads = threads;
    }

    /// Writes the pictures.
    ///
    /// @param folder the folder to write to; created if need be
    /// @return the files
    public List<Path> write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Map<String, String> pictures = new LinkedHashMap<>();
        pictures.put("schema.svg", SchemaDiagram.svg(schema(), facts(), SchemaUsage.none()));
        List<Anatomy> anatomies = dataset.anatomies(threads);
        links(anatomies).ifPresent(picture -> pictures.put("links.svg", picture));
        SmoothestColumn smoothest = new SmoothestColumn();
        dataset.generate(smoothest, threads);
        smoothest
                .found()
                .ifPresent(s -> pictures.put("series.svg", DrawnPictures.series(s.name(), s.micros(), s.values())));
        anatomies.stream()
                .min(Comparator.comparingInt(a -> tangle(a.causes())))
                .ifPresent(a -> pictures.put("causes.svg", DrawnPictures.causes(a.causes())));
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> picture : pictures.entrySet()) {
            files.add(folder.resolve(picture.getKey()));
            Aside.write(files.getLast(), picture.getValue());
        }
        return files;
    }

    private static int tangle(CausalGraph graph) {
        int edges = graph.variables().stream().mapToInt(v -> v.parents().size()).sum();
        return Math.abs(graph.variables().size() - BEST_VARIABLES) + Math.abs(edges - BEST_VARIABLES);
    }

    /// Of keys between different tables; a tree within one table has no blocks.
    private static Optional<String> links(List<Anatomy> anatomies) {
        record Choice(String table, Anatomy.Wiring wiring) {}
        return anatomies.stream()
                .flatMap(
                        a -> a.wirings().stream().map(w -> new Choice(a.causes().table(), w)))
                .filter(c -> !c.wiring.plan().parent().equals(c.table))
                .max(Comparator.comparingLong(c -> c.wiring.children()))
                .map(c -> DrawnPictures.links(c.wiring, c.table));
    }

    private Map<String, TableFacts> facts() {
        Map<String, TableFacts> facts = new LinkedHashMap<>();
        dataset.plan()
                .tables()
                .forEach(t ->
                        facts.put(t.name(), new TableFacts(t.rows().orElse(0), Optional.empty(), Optional.empty())));
        return facts;
    }

    private Schema schema() {
        return new Schema(
                "a drawn database",
                dataset.plan().tables().stream().map(Pictures::table).toList(),
                Optional.empty(),
                Optional.empty());
    }

    private static Table table(TablePlan plan) {
        List<Column> columns = new ArrayList<>();
        plan.primaryKey().ifPresent(c -> columns.add(new Column(c, ColumnKind.NUMERIC)));
        plan.foreignKeys().forEach(k -> columns.add(new Column(k.column(), ColumnKind.NUMERIC)));
        plan.columns().stream().map(ColumnPlan::name).forEach(c -> columns.add(new Column(c, ColumnKind.NUMERIC)));
        plan.timeColumn().ifPresent(c -> columns.add(new Column(c, ColumnKind.TIMESTAMP)));
        return new Table(
                plan.name(),
                columns,
                plan.primaryKey().stream().toList(),
                plan.foreignKeys().stream().map(Pictures::key).toList(),
                plan.timeColumn());
    }

    private static ForeignKey key(LinkPlan plan) {
        return new ForeignKey(List.of(plan.column()), plan.parent());
    }
}
