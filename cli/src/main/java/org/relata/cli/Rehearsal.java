package org.relata.cli;

import java.util.ArrayList;
import java.util.List;
import org.relata.cli.terminal.Terminal;

/// Runs several commands in one process, so that Java can note the classes that all of them use: see `.mvn/archive.sh`.
final class Rehearsal {
    private static final String NEXT = "+";

    private Rehearsal() {}

    /// Runs the command lines between the pluses, and fails where one of them does.
    public static void main(String[] args) {
        Terminal terminal = Terminal.ofProcess(System.getenv());
        Interruption interruption = Interruption.watch(terminal);
        int code = 0;
        List<String> line = new ArrayList<>();
        for (int index = 0; index <= args.length && code == 0; index++) {
            if (index < args.length && !args[index].equals(NEXT)) {
                line.add(args[index]);
                continue;
            }
            code = Main.run(line.toArray(String[]::new), terminal, System.getenv());
            line.clear();
        }
        interruption.finished();
        System.exit(code);
    }
}
