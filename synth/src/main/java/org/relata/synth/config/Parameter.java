package org.relata.synth.config;

/// Something that can be set, with its default.
///
/// The constants are in [DatabaseParameters], [ScmParameters] and [DagParameters]; everything that lists, reads, writes
/// or explains parameters goes through them, so that a parameter is born in one place.
public final class Parameter<T> {
    private final Group group;
    private final String name;
    private final Codec<T> codec;
    private final T byDefault;
    private final String meaning;

    /// Where parameters stand in a file.
    public enum Group {
        /// Beside the groups.
        TOP(""),
        /// Tables, rows, columns, links and times.
        DATABASE("database_params"),
        /// Variables and mechanisms.
        SCM("scm_params"),
        /// The layouts of graphs.
        DAG("dag_params");

        private final String label;

        Group(String label) {
            this.label = label;
        }

        /// The key in a file; empty for the top.
        public String label() {
            return label;
        }
    }

    Parameter(Group group, String name, Codec<T> codec, T byDefault, String meaning) {
        this.group = group;
        this.name = name;
        this.codec = codec;
        this.byDefault = byDefault;
        this.meaning = meaning;
        codec.check(byDefault, name);
    }

    /// Where it stands.
    public Group group() {
        return group;
    }

    /// Its name, in snake case as in the reference; files may write it in kebab case too.
    public String name() {
        return name;
    }

    /// Its value where nothing is set.
    public T byDefault() {
        return byDefault;
    }

    /// What it means, in one sentence.
    public String meaning() {
        return meaning;
    }

    Codec<T> codec() {
        return codec;
    }

    String place() {
        return group == Group.TOP ? name : group.label() + ", " + name;
    }

    @Override
    public String toString() {
        return name;
    }
}
