package org.relata.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lays reports out in a real browser at phone and desktop width. Skipped where there is no Chromium.
class ChromiumTest {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final Pattern MEASURE = Pattern.compile("\\[(\\S+) (\\d+) scrolls (\\d+) sticks out: ([^\\]]*)\\]");

    @Test
    void nothingSticksOutAtPhoneOrDesktopWidth(@TempDir Path folder) throws IOException, InterruptedException {
        Optional<Path> browser = browser();
        assumeTrue(
                browser.isPresent(),
                "no Chromium on the PATH (" + String.join(", ", NAMES) + "): layout is not checked");
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("binary", Samples.binary().html());
        pages.put("multiclass", Samples.multiclass().html());
        pages.put("regression", Samples.regression().html());
        pages.put("hostile", Samples.hostile().html());
        Path page = folder.resolve("frames.html");
        Files.writeString(page, frames(pages, List.of(390, 1280)));
        String measured = dump(browser.get(), page, folder);
        int found = 0;
        Matcher matcher = MEASURE.matcher(measured);
        while (matcher.find()) {
            found++;
            String what = matcher.group(1) + " at " + matcher.group(2);
            assertEquals(matcher.group(2), matcher.group(3), what + " scrolls sideways");
            assertEquals("", matcher.group(4), what + " sticks out");
        }
        assertEquals(pages.size() * 2, found, () -> "the browser said: " + measured);
    }

    /// One page that frames each report at each width, then says how wide each wants to be and which elements outside
    /// of frames that scroll by themselves reach beyond its edge.
    private static String frames(Map<String, String> pages, List<Integer> widths) {
        StringBuilder html = new StringBuilder("<!DOCTYPE html><meta charset=\"utf-8\"><body>");
        pages.forEach((name, page) -> {
            for (int width : widths) {
                html.append("<iframe name=\"")
                        .append(name)
                        .append("\" width=\"")
                        .append(width);
                html.append("\" height=\"900\" style=\"border:0\" srcdoc=\"");
                html.append(page.replace("&", "&amp;").replace("\"", "&quot;")).append("\"></iframe>");
            }
        });
        return html.append("""
                        <pre id="measured"></pre>
                        <script>
                        addEventListener("load", function () {
                          var said = "";
                          document.querySelectorAll("iframe").forEach(function (frame) {
                            var root = frame.contentDocument.documentElement;
                            var out = [];
                            root.querySelectorAll("body *").forEach(function (element) {
                              if (element.closest(".scroll, svg")) return;
                              var box = element.getBoundingClientRect();
                              if (box.width > 0 && (box.right > frame.clientWidth + 1 || box.left < -1)) {
                                out.push(element.tagName + "." + element.className);
                              }
                            });
                            said += "[" + frame.name + " " + frame.clientWidth + " scrolls " + root.scrollWidth
                              + " sticks out: " + out.slice(0, 5).join(" ") + "]\\n";
                          });
                          document.getElementById("measured").textContent = said;
                        });
                        </script>
                        """).toString();
    }

    private static String dump(Path browser, Path page, Path folder) throws IOException, InterruptedException {
        Path out = folder.resolve("dom.txt");
        Process process = new ProcessBuilder(
                        browser.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--hide-scrollbars",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--dump-dom",
                        page.toUri().toString())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertTrue(ended, "the browser did not end within a minute");
        String dom = Files.readString(out);
        return dom.substring(Math.max(0, dom.indexOf("<pre id=\"measured\">")));
    }

    private static Optional<Path> browser() {
        List<Path> candidates = new ArrayList<>();
        Optional.ofNullable(System.getenv("CHROME_BIN")).map(Path::of).ifPresent(candidates::add);
        Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .forEach(folder -> NAMES.forEach(name -> candidates.add(Path.of(folder, name))));
        return candidates.stream().filter(Files::isExecutable).findFirst();
    }
}
