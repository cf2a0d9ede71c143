package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.cli.Cli.Ran;

/// The pages about synthetic databases: every `./relata …` line of their shell blocks runs, what they quote is what is
/// printed, and their pictures are what the program draws.
///
/// Commands run in this process, which is much cheaper than one each; so paths are made absolute.
class SyntheticPagesTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```");
    private static final List<String> WRITTEN = List.of("drawn", "pictures", "runs", "shop.sql");
    private static final Path PICTURES = ROOT.resolve("docs/images/drawn");

    @TempDir
    Path folder;

    private String page(String path) throws IOException {
        return Files.readString(ROOT.resolve("docs").resolve(path));
    }

    /// What all commands of a page print.
    private String run(String page) {
        StringBuilder printed = new StringBuilder();
        Matcher blocks = BLOCK.matcher(page);
        while (blocks.find()) {
            if (blocks.group(1).equals("sh")) {
                for (String line : blocks.group(2).replaceAll("\\\\\\n\\s*", "").split("\n", -1)) {
                    if (!line.isBlank()) {
                        printed.append(command(line));
                    }
                }
            }
        }
        return printed.toString();
    }

    private String command(String line) {
        assertTrue(line.startsWith("./relata "), line);
        List<String> words = new ArrayList<>();
        for (String word : line.substring("./relata ".length()).split(" +")) {
            String first = word.replaceFirst("/.*", "");
            Path base = first.equals("examples") ? ROOT : folder;
            words.add(
                    first.equals("examples") || WRITTEN.contains(first)
                            ? base.resolve(word).toString()
                            : word);
        }
        if (words.getFirst().equals("fit")) {
            // SyntheticDemoTest learns from such a database; here it is enough that there is a run to predict with.
            words.addAll(List.of("--method", "baseline"));
        }
        Ran ran = Cli.run(words.toArray(String[]::new));
        assertEquals(0, ran.code(), line + "\n" + ran.err());
        return ran.out().replace(folder + "/", "");
    }

    @Test
    void theTutorialLeadsFromASchemaToAModelAndItsTwin() throws IOException {
        String page = page("tutorial/from-a-schema.md");
        assertTrue(page.contains(Files.readString(ROOT.resolve("examples/from-a-schema/small.yaml"))));
        String printed = run(page);
        String written = "1 database written to drawn/shop-14: 3 tables, 2,654 rows, 4 tasks\n";
        assertTrue(page.contains(written) && printed.contains(written), printed);
        String task = "tasks/planted-orders-customer_id/manifest.yaml";
        String question = Files.readString(folder.resolve("drawn/shop-14").resolve(task));
        String known = question.replaceAll("(?s).*description: ([^\n]*)\n.*", "$1");
        assertTrue(page.contains("> " + known + "\n"), known);
        String twin = Files.readString(folder.resolve("drawn/same-income-14").resolve(task));
        assertTrue(twin.contains("roc_auc of 0.5000"), twin);
        assertTrue(Files.size(folder.resolve("runs/next.csv")) > 0);
        for (String picture : List.of("schema", "links", "series", "causes")) {
            String drawn = Files.readString(folder.resolve("pictures/" + picture + ".svg"));
            Path kept = PICTURES.resolve(picture + ".svg");
            if (Boolean.getBoolean("relata.regenerate")) {
                Files.writeString(kept, drawn);
            }
            assertEquals(
                    drawn,
                    Files.readString(kept),
                    "docs/images/drawn is out of step; draw it anew with: ./relata synth --schema"
                            + " examples/from-a-schema/shop.sql --seed-offset 14 --pictures docs/images/drawn");
        }
    }

    @Test
    void theSchemaPageRuns() throws IOException {
        String page = page("how-to/synthetic-from-a-schema.md");
        Matcher blocks = BLOCK.matcher(page);
        while (blocks.find() && !blocks.group(1).equals("sql")) {
            // The first block of SQL is the file.
        }
        Files.writeString(folder.resolve("shop.sql"), blocks.group(2));
        run(page);
        assertTrue(Files.exists(folder.resolve("drawn/plurel-2/synth.json")));
        assertTrue(Files.exists(folder.resolve("drawn/alike-0/synth.json")));
        assertTrue(Files.readString(folder.resolve("drawn/gone-0/synth.json")).contains("customers.status=gone"));
    }
}
