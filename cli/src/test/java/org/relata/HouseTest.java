package org.relata;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The floors of the house: what may use what. It stands in the top module because only there every floor is in sight.
final class HouseTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.relata");

    @Test
    void aFloorUsesOnlyTheFloorsBelowIt() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("org.relata..")
                .layer("algebra")
                .definedBy("org.relata.algebra..")
                .layer("engine")
                .definedBy("org.relata.engine..")
                .layer("sql")
                .definedBy("org.relata.sql..")
                .layer("database")
                .definedBy("org.relata.database..")
                .layer("features")
                .definedBy("org.relata.features..")
                .layer("synth")
                .definedBy("org.relata.synth..")
                .layer("learn")
                .definedBy("org.relata.learn..")
                .layer("cli")
                .definedBy("org.relata.cli..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("learn")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("features")
                .mayOnlyBeAccessedByLayers("learn", "cli")
                .whereLayer("synth")
                .mayOnlyBeAccessedByLayers("learn", "cli")
                .whereLayer("database")
                .mayOnlyBeAccessedByLayers("features", "synth", "learn", "cli")
                .whereLayer("sql")
                .mayOnlyBeAccessedByLayers("learn", "cli")
                .whereLayer("engine")
                .mayOnlyBeAccessedByLayers("learn", "cli")
                .whereLayer("algebra")
                .mayOnlyBeAccessedByLayers("engine", "sql", "learn", "cli")
                .ensureAllClassesAreContainedInArchitecture()
                .because("a floor that uses one above it cannot be used without it")
                .check(HOUSE);
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.relata.cli..")
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .because("a library leaves its caller's terminal alone: report through a return value or Progress")
                .check(HOUSE);
    }

    @Test
    void onlyTheCommandLineParsesArgumentsShowsProgressAndExits() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.relata.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "me.tongfei.progressbar..", "org.jline..")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .because("the floors below are called from programs too")
                .check(HOUSE);
    }

    @Test
    void packagesDoNotDependOnEachOtherInCircles() {
        slices().matching("org.relata.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void everyPackageSaysWhatBelongsInIt() throws IOException {
        List<String> silent = new ArrayList<>();
        for (Path folder : packageFolders()) {
            Path info = folder.resolve("package-info.java");
            String text = Files.exists(info) ? Files.readString(info) : "";
            if (!text.startsWith("///") || !text.contains("@NullMarked")) {
                silent.add(root().relativize(info).toString());
            }
        }
        assertEquals(List.of(), silent, "each needs a package-info.java with a /// comment and @NullMarked");
    }

    /// Every folder of main sources that holds a Java file.
    private static List<Path> packageFolders() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (String module : List.of("algebra", "sql", "database", "features", "synth", "learn", "cli", "bench")) {
            try (Stream<Path> files = Files.walk(root().resolve(module).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .map(Path::getParent)
                        .distinct()
                        .sorted()
                        .forEach(folders::add);
            }
        }
        return folders;
    }

    /// The checkout: the nearest folder upwards with the Maven wrapper in it.
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
