package org.relata.synth.ddl;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.relata.database.RelataException;
import org.relata.synth.schema.SchemaPlan;

/// A plan read from SQL.
///
/// @param plan the plan: tables and links in the order of the file
/// @param notes what a reader should know of it, one sentence each: columns left out, keys of several columns, circles
public record SchemaFile(SchemaPlan plan, List<String> notes) {
    /// More than a schema comes to, and less than the data of a large dump.
    private static final long LARGEST = 256L << 20;

    /// Copies the notes, each as one line.
    public SchemaFile {
        notes = notes.stream().map(Source::oneLine).toList();
    }

    /// Reads a file in which columns of bytes that may be absent are left out.
    ///
    /// @throws RelataException as for [#read(Path, Unmodelled)]
    public static SchemaFile read(Path file) {
        return read(file, Unmodelled.ABSENT_BYTES_LEFT_OUT);
    }

    /// Reads a file.
    ///
    /// @param file SQL as SQLite, PostgreSQL or MySQL write it, a whole dump included
    /// @param unmodelled what becomes of columns that cannot be drawn
    /// @throws RelataException `ddl.file` when it cannot be read; `ddl.syntax`, `ddl.unsupported`, `ddl.table`,
    ///     `ddl.column`, `ddl.key`, `ddl.type`, `ddl.check` or `ddl.empty`, with line and column, when it makes no plan
    public static SchemaFile read(Path file, Unmodelled unmodelled) {
        return parse(file.toString(), text(file), unmodelled);
    }

    /// Reads SQL.
    ///
    /// @param name what errors call it
    /// @param sql the text
    /// @param unmodelled what becomes of columns that cannot be drawn
    /// @throws RelataException as for [#read(Path, Unmodelled)]
    public static SchemaFile parse(String name, String sql, Unmodelled unmodelled) {
        Source source = new Source(name, sql);
        return new PlanBuilder(source, DdlReader.read(source), unmodelled).build();
    }

    private static String text(Path file) {
        byte[] bytes;
        try {
            if (Files.isDirectory(file)) {
                throw RelataException.usage("ddl.file", file.toString(), "it is a folder", "name an SQL file");
            }
            long size = Files.size(file);
            if (size > LARGEST) {
                throw RelataException.usage(
                        "ddl.file",
                        file.toString(),
                        "it has " + (size >> 20) + " MiB, and at most " + (LARGEST >> 20) + " are read",
                        "dump the schema without the data");
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw RelataException.usage(
                            "ddl.file", file.toString(), "it cannot be read", "check its name and permissions")
                    .causedBy(e);
        }
        return new String(bytes, charset(bytes));
    }

    /// UTF-8, unless the file begins with the mark of UTF-16.
    private static Charset charset(byte[] bytes) {
        boolean marked = bytes.length > 1
                && ((bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff
                        || (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe);
        return marked ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }
}
