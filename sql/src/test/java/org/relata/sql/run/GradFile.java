package org.relata.sql.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.relata.algebra.Scan;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Tensor;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;
import org.relata.sql.parse.ModelParser;
import org.relata.sql.parse.ShapeSource;

/// A gradient that somebody worked out by hand.
///
/// A `.grad` file says in `#` lines how it comes about, and then has sections: `[model]`, the model file; `[rows NAME]`
/// for each relation that the loss scans, one tuple a line, the key and then the numbers of the value; `[loss]`, a
/// number;
/// and `[gradient NAME]`, tuples again. A relation of ones has 1 as its value.
///
/// @param loss what the loss comes to
/// @param gradients by the relations they belong to; other keys have none
record GradFile(Model model, Map<String, Relation> data, double loss, Map<String, Relation> gradients) {

    static GradFile read(Path path) throws IOException {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        List<String> section = new ArrayList<>();
        for (String line : Files.readAllLines(path)) {
            if (line.startsWith("[")) {
                section = new ArrayList<>();
                sections.put(line.substring(1, line.indexOf(']')), section);
            } else if (!line.startsWith("#")) {
                section.add(line);
            }
        }
        Model model = ModelParser.parse(
                String.valueOf(path.getFileName()), String.join("\n", part(sections, "model")), ShapeSource.none());
        Map<String, Relation> data = new LinkedHashMap<>();
        Map<String, Relation> gradients = new LinkedHashMap<>();
        for (Input input : model.inputs()) {
            data.put(input.relation(), relation(input.scan(), part(sections, "rows " + input.relation())));
            if (input.learned()) {
                gradients.put(input.relation(), relation(input.scan(), part(sections, "gradient " + input.relation())));
            }
        }
        double loss = Double.parseDouble(String.join("", part(sections, "loss")).strip());
        return new GradFile(model, data, loss, gradients);
    }

    private static List<String> part(Map<String, List<String>> sections, String name) {
        List<String> lines = sections.get(name);
        if (lines == null) {
            throw new IllegalArgumentException("no section [" + name + "] among " + sections.keySet());
        }
        return lines;
    }

    private static Relation relation(Scan scan, List<String> lines) {
        List<Attribute> attributes = scan.type().key();
        TreeMap<Key, Tensor> tuples = new TreeMap<>();
        for (String line : lines) {
            if (line.isBlank()) {
                continue;
            }
            String[] words = line.strip().split(" +");
            List<Object> key = new ArrayList<>();
            for (int index = 0; index < attributes.size(); index++) {
                key.add(
                        attributes.get(index).domain() == Attribute.Domain.INTEGER
                                ? (Object) Long.valueOf(words[index])
                                : words[index]);
            }
            double[] numbers = new double[words.length - attributes.size()];
            for (int index = 0; index < numbers.length; index++) {
                numbers[index] = Double.parseDouble(words[attributes.size() + index]);
            }
            tuples.put(new Key(key), Tensor.of(scan.type().shape(), numbers));
        }
        return new Relation(attributes, scan.type().shape(), tuples);
    }
}
