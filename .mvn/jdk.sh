# Finds the JDK that Relata is built and run with. Sourced by `mvnw` and `relata`, so plain POSIX sh.
#
# Both need JDK 25 while the `java` on many machines is older, so the usual homes are searched as well. Exactly 25
# (the release we test with) is preferred to anything newer.

RELATA_JDK=25

# Prints the major version of the JDK whose home is $1, or 0 when there is no complete JDK there.
jdk_major() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || { echo 0; return 0; }
    jdk_version=
    if [ -r "$1/release" ]; then # saves starting a JVM for each candidate
        jdk_version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9][0-9.]*\).*/\1/p' "$1/release" | head -n 1)
    fi
    [ -n "$jdk_version" ] || jdk_version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9][0-9.]*\).*/\1/p' | head -n 1)
    case $jdk_version in
    1.*) echo 8 ;;
    [0-9]*) echo "${jdk_version%%.*}" ;;
    *) echo 0 ;;
    esac
}

# Prints the home of the `java` command on PATH, following links; nothing when there is none.
jdk_on_path() {
    jdk_java=$(command -v java 2>/dev/null) || return 0
    while [ -h "$jdk_java" ]; do
        jdk_link=$(readlink "$jdk_java") || return 0
        case $jdk_link in
        /*) jdk_java=$jdk_link ;;
        *) jdk_java=${jdk_java%/*}/$jdk_link ;;
        esac
    done
    jdk_home=$(cd "${jdk_java%/*}/.." 2>/dev/null && pwd -P) && echo "$jdk_home"
}

# Prints the home of a JDK to use, or says on stderr how to get one and fails.
find_jdk() {
    for jdk_home in "${RELATA_JAVA_HOME:-}" "${JAVA_HOME:-}" "$(jdk_on_path)"; do
        if [ -n "$jdk_home" ] && [ "$(jdk_major "$jdk_home")" -ge $RELATA_JDK ]; then
            echo "$jdk_home"
            return 0
        fi
    done
    case $- in *f*) jdk_noglob=true; set +f ;; *) jdk_noglob=false ;; esac
    jdk_newer=
    jdk_found=
    for jdk_home in /usr/lib/jvm/* /usr/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* \
        "$HOME"/.asdf/installs/java/* /opt/* /opt/*/Contents/Home; do
        [ -d "$jdk_home" ] || continue
        jdk_candidate=$(jdk_major "$jdk_home")
        if [ "$jdk_candidate" -eq $RELATA_JDK ]; then
            jdk_found=$jdk_home
            break
        elif [ "$jdk_candidate" -gt $RELATA_JDK ] && [ -z "$jdk_newer" ]; then
            jdk_newer=$jdk_home
        fi
    done
    if [ $jdk_noglob = true ]; then set -f; fi
    jdk_found=${jdk_found:-$jdk_newer}
    if [ -n "$jdk_found" ]; then
        echo "$jdk_found"
        return 0
    fi
    echo "Relata needs JDK $RELATA_JDK or newer and found none: install one (https://adoptium.net, 'sdk install java 25-tem', 'brew install openjdk@25', 'winget install EclipseAdoptium.Temurin.25.JDK') or set JAVA_HOME to it." >&2
    return 1
}
