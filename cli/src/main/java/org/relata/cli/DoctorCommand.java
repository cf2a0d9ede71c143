package org.relata.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.relata.cli.Checkup.Finding;
import org.relata.cli.run.RunJson;
import org.relata.cli.run.Versions;
import org.relata.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/// `relata doctor`: whether this machine has what Relata needs.
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Checks this machine: JDK, memory, disk, native libraries, database drivers.",
        footer = "Exit code 1 when something Relata needs is missing.")
final class DoctorCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        List<Finding> findings = Checkup.run();
        boolean well = findings.stream().noneMatch(f -> f.state() == Checkup.State.FAILED);
        Terminal terminal = main.terminal();
        if (json.on()) {
            Map<String, Object> checks = new LinkedHashMap<>();
            for (Finding finding : findings) {
                Map<String, String> check = new LinkedHashMap<>();
                check.put("state", finding.state().label());
                check.put("found", finding.found());
                if (!finding.remedy().isEmpty()) {
                    check.put("remedy", finding.remedy());
                }
                checks.put(finding.name(), check);
            }
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("ok", well);
            object.put("relata", Versions.relata());
            object.put("checks", checks);
            terminal.line(RunJson.text(object));
        } else {
            for (Finding finding : findings) {
                terminal.line(String.format("%-8s %-12s %s", finding.state().label(), finding.name(), finding.found()));
                if (!finding.remedy().isEmpty()) {
                    terminal.line(" ".repeat(22) + terminal.bold(finding.remedy()));
                }
            }
            if (!output.quiet()) {
                terminal.line(well ? "Relata can work here." : "Relata cannot work here until this is mended.");
            }
        }
        return well ? 0 : Failures.FAILURE;
    }
}
