package org.relata.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relata.cli.report.Samples.Sample;
import org.relata.database.RelataException;
import org.relata.database.task.Split;
import org.relata.database.task.TaskRows;
import org.relata.learn.fit.FitResult;
import org.relata.learn.fit.Interval;
import org.relata.learn.fit.Method;
import org.relata.learn.fit.ScoredRows;
import org.w3c.dom.Element;

class ReportTest {
    private static final List<String> ALWAYS =
            List.of("result", "quality", "baselines", "drivers", "leaks", "data", "notes", "cost", "reproduce");

    static Stream<Sample> samples() {
        return Stream.of(
                Samples.binary(),
                Samples.multiclass(),
                Samples.regression(),
                Samples.hostile(),
                bare(Samples.binary()),
                bare(Samples.multiclass()),
                bare(Samples.regression()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isWellFormedAndHasEverySection(Sample sample) {
        Page page = Page.of(sample.html());
        ALWAYS.forEach(page::id);
        Set<String> contents = new HashSet<>();
        page.all("a").forEach(a -> contents.add(a.getAttribute("href").substring(1)));
        assertEquals(Set.copyOf(ALWAYS), contents);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void loadsNothing(Sample sample) {
        String html = sample.html();
        for (Element element : Page.of(html).all("*")) {
            assertFalse(element.hasAttribute("src"), element.getTagName());
            String link = element.getAttribute("href");
            assertTrue(link.isEmpty() || link.startsWith("#") || link.equals("data:,"), link);
        }
        String styles = Page.of(html).all("style").getFirst().getTextContent();
        assertFalse(styles.contains("url(") || styles.contains("@import"));
        assertTrue(html.contains("default-src &#39;none&#39;"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void identifiersAreUniqueAndPicturesAreDescribed(Sample sample) {
        Page page = Page.of(sample.html());
        Set<String> ids = new HashSet<>();
        for (Element element : page.all("*")) {
            String id = element.getAttribute("id");
            assertTrue(id.isEmpty() || ids.add(id), "twice: " + id);
        }
        for (Element element : page.all("*")) {
            for (String id : element.getAttribute("aria-labelledby").split(" ")) {
                assertTrue(id.isEmpty() || ids.contains(id), "nothing has the id " + id);
            }
        }
        for (Element svg : page.all("svg")) {
            assertEquals("img", svg.getAttribute("role"));
            assertFalse(page.id(svg.getAttribute("aria-labelledby").split(" ")[0])
                    .getTextContent()
                    .isBlank());
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void noNumberShowsAsNotANumber(Sample sample) {
        Page page = Page.of(sample.html());
        assertFalse(page.text().contains("NaN") || page.text().contains("Infinity"));
        for (Element element : page.all("*")) {
            for (String attribute :
                    List.of("d", "x", "y", "cx", "cy", "width", "height", "style", "viewBox", "points")) {
                assertFalse(element.getAttribute(attribute).contains("NaN"), element.getTagName() + " " + attribute);
                assertFalse(element.getAttribute(attribute).contains("Infinity"), element.getTagName());
            }
        }
    }

    @Test
    void theSameInputGivesTheSamePage() {
        assertEquals(Samples.binary().html(), Samples.binary().html());
    }

    @Test
    void theLocaleDoesNotMatter() {
        String here = Samples.regression().html();
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertEquals(here, Samples.regression().html());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void binaryShowsRankingCalibrationSpreadTimeAndLift() {
        Sample sample = Samples.binary();
        Page page = Page.of(sample.html());
        List.of("roc", "pr", "reliability", "scores", "over-time").forEach(page::id);
        assertTrue(page.text().contains("Acting on the highest scores"));
        double area = sample.result().metrics().get(Split.TEST).get("roc_auc");
        assertEquals(List.of(Figures.metric(area)), page.texts("figure"));
        assertTrue(page.texts("legend").getFirst().contains("Test " + Figures.metric(area)));
        assertFalse(page.has("scatter"));
    }

    @Test
    void regressionShowsErrorsAndTheirCourse() {
        Page page = Page.of(Samples.regression().html());
        List.of("scatter", "residuals", "reliability", "over-time").forEach(page::id);
        assertFalse(page.has("roc"));
        assertTrue(
                page.texts("verdict").getFirst().contains("less error than the best simple baseline (global_median"));
    }

    @Test
    void multiclassShowsWhatIsTakenForWhat() {
        Sample sample = Samples.multiclass();
        Page page = Page.of(sample.html());
        Element matrix = page.all("table").stream()
                .filter(t -> t.getAttribute("class").equals("matrix"))
                .findFirst()
                .orElseThrow();
        assertEquals(5, matrix.getElementsByTagName("tr").getLength() - 1);
        // Each row of the matrix holds all rows of its class.
        ScoredRows test = sample.scored().getLast();
        long soft = Arrays.stream(test.rows().label()).filter(l -> l == 0).count();
        long shown = 0;
        Element first = (Element) matrix.getElementsByTagName("tbody").item(0).getFirstChild();
        for (int i = 0; i < first.getElementsByTagName("td").getLength(); i++) {
            String title = ((Element) first.getElementsByTagName("td").item(i)).getAttribute("title");
            shown += Long.parseLong(title.split(" ")[0].replace(",", ""));
        }
        assertEquals(soft, shown);
        assertTrue(page.text().contains("AUROC against the rest"));
        assertTrue(page.text().contains("one of 5 classes"));
    }

    @Test
    void manyClassesFoldIntoOthers() {
        int classes = 25;
        double[] labels = new double[500];
        double[][] predictions = new double[500][classes];
        for (int i = 0; i < 500; i++) {
            labels[i] = i % classes;
            predictions[i][(i + i % 3) % classes] = 1;
        }
        Sample sample = Samples.multiclass();
        ScoredRows rows = new ScoredRows(Split.TEST, new TaskRows(new long[500], new long[500], labels), predictions);
        List<String> names = java.util.stream.IntStream.range(0, classes)
                .mapToObj(i -> "class " + i)
                .toList();
        Page page = Page.of(new Sample(sample.result(), List.of(rows), names, sample.context()).html());
        assertTrue(page.text().contains("16 others"));
        assertTrue(page.text().contains("class 24"));
    }

    @Test
    void hostileNamesStayText() {
        Sample sample = Samples.hostile();
        String html = sample.html();
        Page page = Page.of(html);
        assertTrue(page.all("b").isEmpty() && page.all("img").isEmpty());
        assertEquals(1, page.all("script").size());
        assertEquals(1, html.split("<script", -1).length - 1);
        assertTrue(page.text().contains("<img src=x onerror=alert(1)> of a & b"));
        assertTrue(page.text().contains("</script><b>\"Bob's\" & Søn</b> \uFFFD 名前"));
        assertTrue(page.text().contains("Bestellungen für Ämter"));
        assertTrue(page.text().contains("Predicts <target>, yes or no"));
        assertTrue(page.text().contains("36 hours"));
    }

    @Test
    void toleratedLeaksAreSaidLoudly() {
        Page page = Page.of(Samples.hostile().html());
        assertTrue(page.texts("banner").getFirst().contains("1 error, tolerated on request"));
        assertTrue(page.texts("findings").getFirst().contains("hide it: \"hidden: [a.b]\""));
        assertEquals(
                List.of("No leak found."), Page.of(Samples.regression().html()).texts("banner"));
        assertEquals(
                List.of("No leak found. 1 warning to look at."),
                Page.of(Samples.binary().html()).texts("banner"));
    }

    @Test
    void theVerdictWeighsTheBaselineAgainstTheInterval() {
        Sample sample = Samples.binary();
        assertTrue(verdict(sample).endsWith("which lies outside the interval."));
        FitResult r = sample.result();
        assertTrue(verdict(sample.with(changed(r, r.metrics(), Map.of(Split.TEST, new Interval(0.5, 0.9, 0.95)))))
                .endsWith("which the interval does not rule out."));
        assertTrue(verdict(sample.with(changed(r, Map.of(Split.TEST, Map.of("roc_auc", 0.51)), Map.of())))
                .startsWith("Not better than the best simple baseline (entity_mean, 0.588)"));
        assertTrue(verdict(sample.with(changed(r, Map.of(), Map.of()))).startsWith("There is no score on test"));
    }

    @Test
    void bareClassesGoByTheNameOfTheLabel() {
        Sample sample = Samples.binary();
        Page page = Page.of(new Sample(sample.result(), sample.scored(), List.of("0", "1"), sample.context()).html());
        assertTrue(page.text().contains("“did_not_finish” rows found"));
        assertTrue(page.text().contains("not did_not_finish ("));
    }

    @Test
    void oneLabelOnlyIsSaidInsteadOfDrawn() {
        Sample sample = Samples.binary();
        ScoredRows test = sample.scored().getLast();
        double[] ones = new double[test.rows().size()];
        Arrays.fill(ones, 1);
        ScoredRows same = new ScoredRows(
                Split.TEST, new TaskRows(test.rows().entity(), test.rows().seed(), ones), test.predictions());
        Page page = Page.of(new Sample(sample.result(), List.of(same), sample.classes(), sample.context()).html());
        assertTrue(page.texts("missing").getFirst().contains("same label"));
        assertFalse(page.has("roc"));
        page.id("scores");
    }

    @Test
    void constantPredictionsStillMakeAPage() {
        Sample sample = Samples.regression();
        ScoredRows test = sample.scored().getLast();
        double[][] constant = new double[test.rows().size()][1];
        ScoredRows same = new ScoredRows(Split.TEST, test.rows(), constant);
        Page.of(new Sample(sample.result(), List.of(same), List.of(), sample.context()).html())
                .id("scatter");
        Sample binary = Samples.binary();
        ScoredRows zero = new ScoredRows(
                Split.TEST,
                binary.scored().getLast().rows(),
                new double[binary.scored().getLast().rows().size()][1]);
        Page.of(new Sample(binary.result(), List.of(zero), binary.classes(), binary.context()).html())
                .id("roc");
    }

    @Test
    void aSingleTimeOfPredictionHasNoCourse() {
        Sample sample = Samples.binary();
        ScoredRows test = sample.scored().getLast();
        ScoredRows once = new ScoredRows(
                Split.TEST,
                new TaskRows(
                        test.rows().entity(),
                        new long[test.rows().size()],
                        test.rows().label()),
                test.predictions());
        Page page = Page.of(new Sample(sample.result(), List.of(once), sample.classes(), sample.context()).html());
        assertFalse(page.has("over-time"));
        assertTrue(page.text().contains("Acting on the highest scores"));
    }

    @Test
    void curvesStaySmallHoweverManyRows() {
        int rows = 200_000;
        double[] labels = new double[rows];
        double[][] predictions = new double[rows][1];
        for (int i = 0; i < rows; i++) {
            labels[i] = i % 3 == 0 ? 1 : 0;
            predictions[i][0] = ((i * 7919L) % rows) / (double) rows;
        }
        Sample sample = Samples.binary();
        ScoredRows many = new ScoredRows(Split.TEST, new TaskRows(new long[rows], new long[rows], labels), predictions);
        String html = new Sample(sample.result(), List.of(many), sample.classes(), sample.context()).html();
        assertTrue(html.length() < 200_000, () -> "the page has " + html.length() + " characters");
    }

    @Test
    void aBaselineAloneMakesAReportToo() {
        FitResult r = Samples.binary().result();
        FitResult baseline = new FitResult(
                r.task(),
                r.type(),
                Method.BASELINE,
                r.regime(),
                r.primary(),
                r.metrics(),
                r.intervals(),
                r.baselines(),
                Map.of(),
                r.rows(),
                0,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                1,
                100);
        Page page = Page.of(Samples.binary().with(baseline).html());
        assertEquals(
                1,
                page.texts("verdict").stream()
                        .filter(t -> t.startsWith("Nothing was learned"))
                        .count());
        assertTrue(page.text().contains("No feature was read"));
        assertFalse(page.text().contains("Linear check"));
    }

    @Test
    void writesWholeFilesOnly(@TempDir Path folder) throws IOException {
        Sample sample = Samples.binary();
        Path file = folder.resolve("report.html");
        Files.writeString(file, "old");
        Report.write(sample.result(), sample.scored(), sample.classes(), sample.context(), file);
        assertEquals(sample.html(), Files.readString(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
        RelataException failure = assertThrows(
                RelataException.class,
                () -> Report.write(
                        sample.result(),
                        sample.scored(),
                        sample.classes(),
                        sample.context(),
                        folder.resolve("missing/report.html")));
        assertEquals("report.write", failure.code());
    }

    private static String verdict(Sample sample) {
        return Page.of(sample.html()).texts("verdict").getFirst();
    }

    private static FitResult changed(
            FitResult r, Map<Split, Map<String, Double>> metrics, Map<Split, Interval> intervals) {
        return new FitResult(
                r.task(),
                r.type(),
                r.method(),
                r.regime(),
                r.primary(),
                metrics,
                intervals,
                r.baselines(),
                r.linearCheck(),
                r.rows(),
                r.featureCount(),
                r.importances(),
                r.leaks(),
                r.notes(),
                r.stages(),
                r.seconds(),
                r.peakMemoryMegabytes());
    }

    /// The sample without rows, intervals, or anything else that may be missing.
    private static Sample bare(Sample sample) {
        FitResult r = sample.result();
        FitResult bare = new FitResult(
                r.task(),
                r.type(),
                r.method(),
                r.regime(),
                r.primary(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                0,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                0,
                0);
        return new Sample(bare, List.of(), sample.classes(), sample.context());
    }
}
