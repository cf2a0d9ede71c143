package org.relata.cli;

import org.relata.cli.run.Versions;
import picocli.CommandLine.IVersionProvider;

/// What `relata --version` prints.
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"relata " + Versions.relata(), "Java " + Versions.java()};
    }
}
