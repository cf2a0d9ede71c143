package org.relata.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Which commit a folder's repository is at, read from its files: no `git` is needed.
final class GitCommit {
    private GitCommit() {}

    /// The commit checked out in the repository that holds the folder, if there is one that can be read.
    static Optional<String> of(Path folder) {
        try {
            for (Path place = folder.toAbsolutePath(); place != null; place = place.getParent()) {
                Path git = place.resolve(".git");
                if (Files.exists(git)) {
                    return head(Files.isDirectory(git) ? git : linked(place, git));
                }
            }
            return Optional.empty();
        } catch (IOException _) {
            return Optional.empty(); // provenance says what it can; a damaged repository is none of our business
        }
    }

    /// A linked working tree has a file that names its folder.
    private static Path linked(Path place, Path file) throws IOException {
        return place.resolve(Files.readString(file).strip().replaceFirst("^gitdir: *", ""));
    }

    private static Optional<String> head(Path git) throws IOException {
        String head = Files.readString(git.resolve("HEAD")).strip();
        if (!head.startsWith("ref:")) {
            return Optional.of(head);
        }
        String reference = head.substring(4).strip();
        Path common = Files.exists(git.resolve("commondir"))
                ? git.resolve(Files.readString(git.resolve("commondir")).strip())
                : git;
        for (Path base : new Path[] {git, common}) {
            if (Files.isRegularFile(base.resolve(reference))) {
                return Optional.of(Files.readString(base.resolve(reference)).strip());
            }
        }
        Path packed = common.resolve("packed-refs");
        if (!Files.isRegularFile(packed)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(packed)) {
            return lines.filter(line -> line.endsWith(" " + reference))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .findFirst();
        }
    }
}
