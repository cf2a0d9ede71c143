# Sourced by ./relata: what is done once after each build, so that every start takes less. All works without it.

# Takes DuckDB's native library out of its jar in $1/lib and puts it beside, where DuckDB looks next: out of the jar, it
# copies 70 MB at every start, and Java reads through the libraries of all other systems. Done before classes are
# archived, for an archive is of the jars as they are.
unpack_duckdb() {
    case $(uname -s) in Linux) unpack_system=linux ;; Darwin) unpack_system=macos ;; *) return 0 ;; esac
    case $(uname -m) in x86_64 | amd64) unpack_machine=amd64 ;; aarch64 | arm64) unpack_machine=arm64 ;; *) return 0 ;; esac
    unpack_library=libduckdb_java.so_${unpack_system}_$unpack_machine
    for unpack_jar in "$1"/lib/duckdb_jdbc-*.jar; do
        [ -f "$unpack_jar" ] || continue
        rm -rf "$1/unpack"
        mkdir "$1/unpack"
        if (cd "$1/unpack" && "$JAVA_HOME/bin/jar" xf "$unpack_jar" META-INF org "$unpack_library" &&
            "$JAVA_HOME/bin/jar" cfM small.jar META-INF org) >/dev/null 2>&1 && [ -s "$1/unpack/$unpack_library" ]; then
            mv "$1/unpack/$unpack_library" "$1/lib/" && mv "$1/unpack/small.jar" "$unpack_jar"
        fi
        rm -rf "$1/unpack"
    done
}

# Notes the classes of `relata train` as Java wants them in memory, so that it need not read and check them at every
# start, in $1/train.jsa: with the libraries in $1/lib and the Java at JAVA_HOME, while tiny trainings run. A Java that
# they are not of leaves them alone.
archive_classes() {
    archive_place=$1/rehearsal
    rm -rf "$archive_place"
    mkdir "$archive_place"
    printf 'i,j,value\n1,2,0.5\n2,1,0.25\n' >"$archive_place/pairs.csv"
    # What the first training learns is data for the second.
    cat >"$archive_place/model.sql" <<'SQL'
CREATE TABLE factor (name TEXT PRIMARY KEY, v VECTOR[2]);
CREATE PARAMETER TABLE shift (name TEXT PRIMARY KEY REFERENCES factor (name), v VECTOR[2]);
SELECT SUM(inner_product(f.v - s.v, f.v - s.v)) AS loss FROM factor f JOIN shift s ON f.name = s.name;
SQL
    if (cd "$archive_place" && exec "$JAVA_HOME/bin/java" -XX:+UseParallelGC -Xmx1g "-XX:ArchiveClassesAtExit=$1/train.jsa.part" \
        --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -cp "$1/lib/*" org.relata.cli.Rehearsal \
        train nnmf --data pairs.csv --dim 2 --epochs 2 --out learned.duckdb + \
        train --db learned.duckdb --runner engine --optimizer adam --epochs 2 model.sql) >/dev/null 2>&1 </dev/null; then
        mv "$1/train.jsa.part" "$1/train.jsa"
    fi
    rm -rf "$archive_place" "$1/train.jsa.part"
}
