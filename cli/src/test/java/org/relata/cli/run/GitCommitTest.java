package org.relata.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitCommitTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path folder;

    @Test
    void aRepositoryThatCannotBeReadHasNone() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        assertEquals(Optional.empty(), GitCommit.of(folder));
    }

    @Test
    void branchesDetachedHeadsAndPackedReferencesAreRead() throws IOException {
        Path git = Files.createDirectories(folder.resolve(".git"));
        Path below = Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(git.resolve("HEAD"), COMMIT + "\n");
        assertEquals(Optional.of(COMMIT), GitCommit.of(below));
        Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
        assertEquals(Optional.empty(), GitCommit.of(below), "no commit yet");
        Files.writeString(git.resolve("packed-refs"), "# pack-refs\n" + COMMIT + " refs/heads/main\n");
        assertEquals(Optional.of(COMMIT), GitCommit.of(below));
        Files.createDirectories(git.resolve("refs/heads"));
        Files.writeString(git.resolve("refs/heads/main"), COMMIT.replace('0', '1') + "\n");
        assertEquals(Optional.of(COMMIT.replace('0', '1')), GitCommit.of(below));
    }

    @Test
    void aLinkedWorkingTreeIsFollowed() throws IOException {
        Path linked = Files.createDirectories(folder.resolve("main/.git/worktrees/w"));
        Files.createDirectories(folder.resolve("main/.git/refs/heads"));
        Files.writeString(folder.resolve("main/.git/refs/heads/w"), COMMIT);
        Files.writeString(linked.resolve("HEAD"), "ref: refs/heads/w\n");
        Files.writeString(linked.resolve("commondir"), "../..\n");
        Path tree = Files.createDirectories(folder.resolve("w"));
        Files.writeString(tree.resolve(".git"), "gitdir: " + linked + "\n");
        assertEquals(Optional.of(COMMIT), GitCommit.of(tree));
    }
}
