package org.relata.database.source;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.relata.database.RelataException;

/// The first record of a text file: its column names, and by them what separates its values.
///
/// @param delimiter what separates values
/// @param columns the names, unique whatever their case; a blank one becomes `Unnamed: 3` after its position from 0
record CsvHeader(char delimiter, List<String> columns) {
    private static final int LIMIT = 4 << 20;

    /// Reads the header of a file, gzip-compressed when its name ends in `.gz`.
    ///
    /// @throws RelataException `source.empty-file`, `source.encoding` or `source.unreadable`
    static CsvHeader read(Path file) {
        String record;
        try (Reader reader = reader(file)) {
            record = firstRecord(reader);
        } catch (java.nio.charset.CharacterCodingException e) {
            throw notUtf8(file).causedBy(e);
        } catch (IOException e) {
            throw RelataException.usage(
                            "source.unreadable",
                            file.toString(),
                            "it cannot be read",
                            "check the file and its permissions")
                    .causedBy(e);
        }
        if (record.isBlank()) {
            throw RelataException.usage(
                    "source.empty-file",
                    file.toString(),
                    "it has no header line",
                    "write the column names in the first line, or take the file out of the folder");
        }
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        char delimiter = name.endsWith(".tsv") || name.endsWith(".tsv.gz") ? '\t' : guess(record);
        return new CsvHeader(delimiter, unique(split(record, delimiter)));
    }

    static RelataException notUtf8(Path file) {
        return RelataException.usage(
                "source.encoding",
                file.toString(),
                "it is not UTF-8 text",
                "convert it, for example with: iconv -f latin1 -t utf-8");
    }

    private static Reader reader(Path file) throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        try {
            if (file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".gz")) {
                bytes = new GZIPInputStream(bytes);
            }
            return new BufferedReader(new InputStreamReader(
                    bytes,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)));
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    /// The text up to the first line break outside quotes, without a byte order mark.
    private static String firstRecord(Reader reader) throws IOException {
        StringBuilder record = new StringBuilder();
        boolean quoted = false;
        for (int c = reader.read(); c >= 0 && record.length() < LIMIT; c = reader.read()) {
            if (c == '"') {
                quoted = !quoted;
            }
            if (!quoted && (c == '\n' || c == '\r')) {
                break;
            }
            record.append((char) c);
        }
        return record.length() > 0 && record.charAt(0) == '\uFEFF' ? record.substring(1) : record.toString();
    }

    /// The separator that occurs most often outside quotes; a comma when none does.
    private static char guess(String record) {
        char best = ',';
        int most = 0;
        for (char candidate : new char[] {',', ';', '\t', '|'}) {
            int count = split(record, candidate).size() - 1;
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }

    private static List<String> split(String record, char delimiter) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < record.length(); i++) {
            char c = record.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < record.length() && record.charAt(i + 1) == '"') {
                    field.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == delimiter && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    private static List<String> unique(List<String> names) {
        List<String> result = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String name =
                    names.get(i).isBlank() ? "Unnamed: " + i : names.get(i).strip();
            String free = name;
            for (int k = 1; !taken.add(free.toLowerCase(Locale.ROOT)); k++) {
                free = name + "_" + k;
            }
            result.add(free);
        }
        return result;
    }
}
