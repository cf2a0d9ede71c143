package org.relata.bench;

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
            TensorCommand.class
        })
public final class Bench {
    private Bench() {}

    /// Runs one measurement and ends the process: 0 when it was made, 1 when it failed or results disagree.
    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100)
                .execute(args));
    }
}
