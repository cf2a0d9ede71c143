package org.relata.learn.tabular;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relata.database.RelataException;
import org.relata.features.FeatureMatrix;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Several models over the same features whose weighted average predicts: seeds of one kind, or trees and lines
/// together.
///
/// @param members the models and their weights; closing the ensemble closes them
public record Ensemble(List<Member> members) implements AutoCloseable {
    private static final String INDEX = "ensemble.json";

    /// A model with its weight.
    ///
    /// @param model the model
    /// @param weight its share before shares are made to sum to 1; above 0
    public record Member(TabularModel model, double weight) {
        /// Refuses weights that are not positive.
        public Member {
            if (!(weight > 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("weight " + weight);
            }
        }
    }

    /// Refuses no members, and members that predict different things.
    public Ensemble {
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("an ensemble needs a member");
        }
        Target target = members.getFirst().model().target();
        if (members.stream().anyMatch(m -> !m.model().target().equals(target))) {
            throw new IllegalArgumentException("the members predict different targets");
        }
    }

    /// Models with equal weights.
    public static Ensemble of(List<? extends TabularModel> models) {
        return new Ensemble(models.stream().map(model -> new Member(model, 1)).toList());
    }

    /// What it predicts.
    public Target target() {
        return members.getFirst().model().target();
    }

    /// The average of the members' predictions; as [TabularModel#predict] gives them.
    public double[][] predict(FeatureMatrix x) {
        return average(members, TabularModel::predict, x);
    }

    /// The average of the members' contributions on the raw scale, for several classes those of the class the ensemble
    /// predicts.
    ///
    /// Each row sums to the average raw prediction. For classification that is not exactly the raw scale's image of the
    /// average
    /// probability.
    ///
    /// @return as [TabularModel#contributions(FeatureMatrix)]
    public double[][] contributions(FeatureMatrix x) {
        int[] classes = target().outputs() == 1 ? new int[0] : Classes.predicted(predict(x));
        return average(members, (model, rows) -> model.contributions(rows, classes), x);
    }

    private interface Numbers {
        double[][] of(TabularModel model, FeatureMatrix x);
    }

    private static double[][] average(List<Member> members, Numbers numbers, FeatureMatrix x) {
        double total = members.stream().mapToDouble(Member::weight).sum();
        double[][] sum = new double[0][];
        for (Member member : members) {
            double[][] own = numbers.of(member.model(), x);
            double share = member.weight() / total;
            boolean first = sum.length == 0;
            for (int i = 0; i < own.length; i++) {
                for (int k = 0; k < own[i].length; k++) {
                    own[i][k] = share * own[i][k] + (first ? 0 : sum[i][k]);
                }
            }
            sum = own;
        }
        return sum;
    }

    /// Writes a folder: one file a model, then an index. The folder must not exist or be empty.
    ///
    /// @throws IOException when it cannot be written
    public void write(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath();
        Files.createDirectories(absolute);
        List<Map<String, Object>> index = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            String name = "model-" + (i + 1) + ".txt";
            members.get(i).model().write(absolute.resolve(name));
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("file", name);
            entry.put("weight", members.get(i).weight());
            index.add(entry);
        }
        // Last, so that a folder with an index is complete.
        ModelFile.writeAside(
                absolute.resolve(INDEX), ModelFile.JSON.writeValueAsString(Map.of("version", 1, "members", index)));
    }

    /// Reads a folder that [#write(Path)] wrote.
    ///
    /// @throws RelataException when it or a model in it is missing or damaged
    /// @throws IOException when it cannot be read
    public static Ensemble read(Path folder) throws IOException {
        Path index = folder.resolve(INDEX);
        List<Member> members = new ArrayList<>();
        try {
            JsonNode json = ModelFile.JSON.readTree(Files.readString(index));
            for (JsonNode entry : json.path("members")) {
                String name = entry.path("file").asString("");
                // A model file names no other place on the disk.
                if (!name.matches("model-\\d+\\.txt")) {
                    throw ModelFile.damaged(index, "it names a file " + name);
                }
                members.add(new Member(
                        TabularModel.read(folder.resolve(name)),
                        entry.path("weight").asDouble(0)));
            }
            return new Ensemble(members);
        } catch (NoSuchFileException e) {
            closeAll(members);
            throw RelataException.usage(
                            "model.missing", index.toString(), "there is no such file", "fit the model first")
                    .causedBy(e);
        } catch (JacksonException | IllegalArgumentException e) {
            closeAll(members);
            throw ModelFile.damaged(index, "it is not as expected").causedBy(e);
        } catch (IOException | RelataException e) {
            closeAll(members);
            throw e;
        }
    }

    private static void closeAll(List<Member> members) {
        members.forEach(member -> member.model().close());
    }

    @Override
    public void close() {
        closeAll(members);
    }
}
