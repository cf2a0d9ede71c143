package org.relata.bench;

import java.util.stream.Stream;
import org.relata.bench.kernel.KernelsCommand;
import org.relata.bench.tensor.TensorCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Entry point of the measurements: one subcommand each, one result a line.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "LOAD",
        description = "Measures Relata side by side with its peers.",
        subcommands = {
            OrdersCommand.class,
            PeerDfsCommand.class,
            LogisticCommand.class,
            StarCommand.class,
            RewritesCommand.class,
            SynthCommand.class,
            TensorCommand.class,
            KernelsCommand.class
        })
public final class Bench {
    private Bench() {}

    /// The words of a command line. Loads of tensor libraries are measurements under their own names too.
    static String[] words(String... args) {
        return args.length > 0 && TensorCommand.knows(args[0])
                ? Stream.concat(Stream.of("tensor"), Stream.of(args)).toArray(String[]::new)
                : args;
    }

    /// Runs one measurement and ends the process: 0 when it was made, 1 when it failed or results disagree.
    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100)
                .execute(words(args)));
    }
}
