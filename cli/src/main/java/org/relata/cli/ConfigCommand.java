package org.relata.cli;

import org.relata.cli.run.RunConfig;
import org.relata.cli.run.RunJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `relata config`: what a fit would be, merged from the command line, files and defaults.
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Shows settings.",
        subcommands = ConfigCommand.Print.class)
final class ConfigCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say 'relata config print'");
    }

    /// `relata config print`.
    @Command(
            name = "print",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description =
                    "Prints the config.yaml that 'relata fit' with the same options would go by: the command line over"
                            + " --config over the task file over the defaults.")
    static final class Print implements Runnable {
        @ParentCommand
        @SuppressWarnings("NullAway.Init")
        private ConfigCommand config;

        @Mixin
        private final FitOptions fit = new FitOptions();

        @Mixin
        private final JsonOption json = new JsonOption();

        @Override
        public void run() {
            RunConfig merged = fit.config();
            config.main
                    .terminal()
                    .line(
                            json.on()
                                    ? RunJson.text(merged.toMap())
                                    : merged.yaml().stripTrailing());
        }
    }
}
