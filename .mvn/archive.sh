# Sourced by ./relata: the classes of `relata train` as Java wants them in memory, so that it need not read and check them
# at every start, which is a third of the work of a small training.
#
# They are noted while a tiny training runs, once after each build. A Java that they are not of leaves them alone, and
# all works without them.

# Notes them in $1/train.jsa, with the libraries in $1/lib and the Java at JAVA_HOME.
archive_classes() {
    archive_sample=$1/sample.csv
    printf 'i,j,value\n1,2,0.5\n2,1,0.25\n' >"$archive_sample"
    if "$JAVA_HOME/bin/java" -XX:+UseParallelGC -Xmx1g "-XX:ArchiveClassesAtExit=$1/train.jsa.part" \
        --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -cp "$1/lib/*" org.relata.cli.Main \
        train nnmf --data "$archive_sample" --dim 2 --epochs 2 >/dev/null 2>&1 </dev/null; then
        mv "$1/train.jsa.part" "$1/train.jsa"
    fi
    rm -f "$archive_sample" "$1/train.jsa.part"
}
