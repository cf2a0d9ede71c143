package org.relata.learn.tabular;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.relata.database.RelataException;
import org.relata.features.Feature;
import org.relata.features.FeatureMatrix;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/// The features a model was fitted on, so that it can tell whether it is given the same ones.
///
/// @param names their names, in order
/// @param categorical whether each holds category codes
/// @param categories the categories of each by code; empty when numeric
record ModelInputs(List<String> names, List<Boolean> categorical, List<List<String>> categories) {
    ModelInputs {
        names = List.copyOf(names);
        categorical = List.copyOf(categorical);
        categories = categories.stream().map(List::copyOf).toList();
    }

    static ModelInputs of(FeatureMatrix x) {
        List<List<String>> categories = new ArrayList<>();
        for (int f = 0; f < x.width(); f++) {
            categories.add(x.categories(f));
        }
        return new ModelInputs(
                x.features().stream().map(Feature::name).toList(),
                x.features().stream()
                        .map(f -> f.type() == Feature.Type.CATEGORICAL)
                        .toList(),
                categories);
    }

    /// The inputs as a model file's first line has them.
    static ModelInputs read(JsonNode header) {
        return new ModelInputs(
                ModelFile.JSON.treeToValue(header.path("features"), new TypeReference<>() {}),
                ModelFile.JSON.treeToValue(header.path("categorical"), new TypeReference<>() {}),
                ModelFile.JSON.treeToValue(header.path("categories"), new TypeReference<>() {}));
    }

    /// As a model file's first line has them.
    void writeTo(Map<String, Object> header) {
        header.put("features", names);
        header.put("categorical", categorical);
        header.put("categories", categories);
    }

    int width() {
        return names.size();
    }

    /// The same rows with codes of the categories seen in training; unseen categories become missing.
    ///
    /// @throws RelataException when the features are others or stand in another order
    FeatureMatrix align(FeatureMatrix x) {
        if (x.width() != width()) {
            throw RelataException.usage(
                    "model.features",
                    "features",
                    "the model was fitted on " + width() + " of them, not " + x.width(),
                    "compute them with the plan that was kept with the model");
        }
        float[][] columns = new float[width()][];
        for (int f = 0; f < width(); f++) {
            String name = x.features().get(f).name();
            if (!name.equals(names.get(f))) {
                throw RelataException.usage(
                        "model.features",
                        name,
                        "the model expects " + names.get(f) + " here, its feature " + (f + 1),
                        "compute them with the plan that was kept with the model");
            }
            boolean same = !categorical.get(f) || x.categories(f).equals(categories.get(f));
            columns[f] = same ? x.column(f) : recoded(x.column(f), x.categories(f), categories.get(f));
        }
        return new FeatureMatrix(x.features(), columns, categories, x.rows());
    }

    private static float[] recoded(float[] codes, List<String> from, List<String> to) {
        Map<String, Integer> known = new HashMap<>();
        for (int i = 0; i < to.size(); i++) {
            known.put(to.get(i), i);
        }
        float[] recode = new float[from.size()];
        for (int i = 0; i < recode.length; i++) {
            Integer code = known.get(from.get(i));
            recode[i] = code == null ? Float.NaN : code;
        }
        float[] out = new float[codes.length];
        for (int i = 0; i < codes.length; i++) {
            int code = (int) codes[i];
            out[i] = Float.isNaN(codes[i]) || code < 0 || code >= recode.length ? Float.NaN : recode[code];
        }
        return out;
    }
}
