package org.relata.cli;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.relata.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// Entry point of the `relata` command.
///
/// Exit codes: 0 done, 1 the work failed, 2 the command or its input is wrong, 130 interrupted.
@Command(
        name = "relata",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Learns from relational databases: predictions, how good they are, and why.",
        footerHeading = "%nFirst steps:%n",
        footer = {
            "  relata demo                                  a shop, a question and its answer, in two minutes",
            "  relata inspect SOURCE                        what a database holds",
            "  relata fit SOURCE --task task.yaml           predictions and a report",
            "  relata COMMAND --help                        what a command takes",
        })
public final class Main implements Runnable {
    /// The commands, in the order of the help.
    private static final List<Class<?>> COMMANDS = List.of(
            InitCommand.class,
            InspectCommand.class,
            FitCommand.class,
            PredictCommand.class,
            EvaluateCommand.class,
            ExplainCommand.class,
            FeaturesCommand.class,
            SynthCommand.class,
            GradCommand.class,
            TrainCommand.class,
            ConfigCommand.class,
            DoctorCommand.class,
            DemoCommand.class,
            CompletionCommand.class);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    private final Terminal terminal;
    private final Map<String, String> environment;

    private Main(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    /// Runs a command and ends the process with its exit code.
    public static void main(String[] args) {
        Terminal terminal = Terminal.ofProcess(System.getenv());
        Interruption interruption = Interruption.watch(terminal);
        int code = Failures.FAILURE;
        try {
            code = run(args, terminal, System.getenv());
        } finally {
            interruption.finished();
        }
        System.exit(code);
    }

    /// Runs a command in this process.
    ///
    /// @param args the command line
    /// @param terminal where it writes
    /// @param environment the environment variables it may read
    /// @return the exit code
    static int run(String[] args, Terminal terminal, Map<String, String> environment) {
        CommandLine line = commandLine(terminal, environment, wanted(args));
        try {
            return line.execute(args);
        } catch (Error error) { // a missing library, too little memory: picocli lets these through
            return new Failures(terminal, Failures.verbose(args)).handle(error);
        }
    }

    /// The command with its subcommands, ready to parse; also what its reference page is made from.
    static CommandLine commandLine(Terminal terminal, Map<String, String> environment) {
        return commandLine(terminal, environment, COMMANDS);
    }

    /// The commands that a command line can be about: to prepare all of them takes longer than many commands do.
    private static List<Class<?>> wanted(String[] args) {
        // By the name of the class, since to read annotations takes long as well.
        List<Class<?>> named = COMMANDS.stream()
                .filter(each -> args.length > 0 && each.getSimpleName().equalsIgnoreCase(args[0] + "Command"))
                .toList();
        // The completion script is about all of them.
        return named.isEmpty() || named.contains(CompletionCommand.class) ? COMMANDS : named;
    }

    private static CommandLine commandLine(
            Terminal terminal, Map<String, String> environment, List<Class<?>> commands) {
        CommandLine line = new CommandLine(new Main(terminal, environment));
        commands.forEach(each -> line.addSubcommand(each));
        line.setOut(terminal.out());
        line.setErr(terminal.err());
        line.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.styled() ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpWidth(100);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExpandAtFiles(false); // `--entities @file` is ours
        Converters.register(line);
        everywhere(line, command -> command.getCommandSpec().versionProvider(new VersionProvider()));
        line.setParameterExceptionHandler((problem, _) -> new Failures(terminal, false).badArguments(problem));
        line.setExecutionExceptionHandler(
                (problem, _, result) -> new Failures(terminal, verbose(result)).handle(problem));
        return line;
    }

    private static void everywhere(CommandLine line, Consumer<CommandLine> change) {
        change.accept(line);
        line.getSubcommands().values().forEach(sub -> everywhere(sub, change));
    }

    /// Where commands write.
    Terminal terminal() {
        return terminal;
    }

    /// The environment variables commands may read.
    Map<String, String> environment() {
        return environment;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static boolean verbose(ParseResult result) {
        ParseResult last = result;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return last.matchedOptionValue("--verbose", false);
    }
}
