package org.relata.cli.train;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.relata.database.RelataException;
import org.relata.sql.model.Model;
import org.relata.sql.parse.ModelParser;
import org.relata.sql.parse.ShapeSource;

/// A model file that has been read from the disk.
///
/// @param path as it was given
/// @param text its content
record ModelFile(Path path, String text) {
    private static final String SUFFIX = ".sql";

    static ModelFile read(Path path) {
        if (Files.isDirectory(path) || Files.notExists(path)) {
            throw RelataException.usage(
                    "model.missing", path.toString(), "there is no such model file", "check the path");
        }
        try {
            return new ModelFile(path, Files.readString(path));
        } catch (CharacterCodingException e) {
            throw RelataException.usage("model.text", path.toString(), "it is no text in UTF-8", "write it as UTF-8")
                    .causedBy(e);
        } catch (IOException e) {
            throw RelataException.usage(
                            "model.unreadable", path.toString(), "it cannot be read", "check its permissions")
                    .causedBy(e);
        }
    }

    /// What the model is called: its file without the suffix or, for a file called `model.sql`, its folder.
    String name() {
        String file = String.valueOf(path.getFileName());
        String name = file.endsWith(SUFFIX) ? file.substring(0, file.length() - SUFFIX.length()) : file;
        Path folder = path.toAbsolutePath().normalize().getParent();
        return name.equals("model") && folder != null && folder.getFileName() != null
                ? String.valueOf(folder.getFileName())
                : name;
    }

    /// What it says.
    Model parse(ShapeSource shapes) {
        return ModelParser.parse(String.valueOf(path.getFileName()), text, shapes);
    }
}
