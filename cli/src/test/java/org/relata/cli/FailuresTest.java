package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;
import org.relata.algebra.value.AlgebraException;
import org.relata.cli.terminal.Terminal;
import org.relata.database.RelataException;

class FailuresTest {
    private final StringWriter err = new StringWriter();
    private final Terminal terminal = Terminal.plain(new PrintWriter(new StringWriter()), new PrintWriter(err, true));

    @Test
    void wrongInputIsExitCodeTwoAndOneLine() {
        assertEquals(2, quiet().handle(RelataException.usage("x.y", "table a", "has no\nrows", "add some")));
        assertEquals("error: table a: has no rows; add some", err.toString().strip());
    }

    @Test
    void failedWorkIsExitCodeOne() {
        assertEquals(1, quiet().handle(RelataException.failure("x.y", "table a", "broke", "")));
        assertEquals("error: table a: broke", err.toString().strip());
    }

    @Test
    void errorsOfTheAlgebraAreOneLineToo() {
        assertEquals(2, quiet().handle(new AlgebraException("batch.table", "batch a:1", "there is no a", "name b")));
        assertEquals("error: batch a:1: there is no a; name b", err.toString().strip());
        assertEquals(1, quiet().handle(new AlgebraException("loss.not-finite", "step 3", "the loss is infinite", "")));
    }

    @Test
    void interruptedWorkIsExitCode130() {
        assertEquals(130, quiet().handle(RelataException.failure("interrupted", "features", "stopped", "")));
    }

    @Test
    void anUnexpectedErrorIsOneLineThatSaysWhatToDo() {
        assertEquals(1, quiet().handle(new IllegalStateException("row 3\nis odd")));
        String line = err.toString().strip();
        assertEquals(1, line.lines().count(), line);
        assertTrue(
                line.startsWith("error: internal error: IllegalStateException: row 3; this is a bug in Relata"), line);
        assertTrue(line.endsWith("-v"), line);
    }

    @Test
    void verboseAddsTheStackTrace() {
        new Failures(terminal, true).handle(new IllegalStateException("odd"));
        assertTrue(err.toString().contains("at org.relata.cli.FailuresTest"), err.toString());
    }

    @Test
    void aFullDiskIsNamedWhoeverNoticedIt() {
        quiet().handle(new UncheckedIOException(
                new FileSystemException("/run/metrics.json", null, "No space left on device")));
        assertTrue(
                err.toString().startsWith("error: the disk is full: /run/metrics.json; free some space"),
                err.toString());
        err.getBuffer().setLength(0);
        quiet().handle(RelataException.failure("duckdb.query", "CREATE TABLE a", "failed", "")
                .causedBy(new java.sql.SQLException("IO Error: Could not write file: No space left on device")));
        assertTrue(err.toString().startsWith("error: the disk is full: "), err.toString());
        assertEquals(1, err.toString().lines().count());
    }

    @Test
    void tooLittleMemoryNamesTheOption() {
        quiet().handle(RelataException.failure(
                "duckdb.query",
                "SELECT",
                "Out of Memory Error: could not allocate block of size 256.0 KiB (127 MiB/128 MiB used)",
                ""));
        assertTrue(err.toString().startsWith("error: memory: the work does not fit ("), err.toString());
        assertTrue(err.toString().contains("127 MiB/128 MiB"), err.toString());
        assertTrue(err.toString().contains("--memory"), err.toString());
        err.getBuffer().setLength(0);
        assertEquals(1, quiet().handle(new OutOfMemoryError("Java heap space")));
        assertTrue(
                err.toString()
                        .matches("(?s)error: memory: the Java heap of [0-9.]+ [MG]B was not enough; raise --memory.*"),
                err.toString());
    }

    @Test
    void filesThatCannotBeReadAreNamed() {
        quiet().handle(new AccessDeniedException("/secret"));
        assertEquals(
                "error: /secret: access was denied; check its permissions",
                err.toString().strip());
        err.getBuffer().setLength(0);
        quiet().handle(new IOException("the pipe broke"));
        assertEquals("error: the pipe broke", err.toString().strip());
    }

    private Failures quiet() {
        return new Failures(terminal, false);
    }
}
