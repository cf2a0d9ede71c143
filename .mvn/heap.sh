# Sourced by ./relata and bench/run: how large the Java heap may grow, and how the JVM is to run.
#
# `--memory` is what the whole process may use, 8g unless given. Three eighths of it go to the heap, and DuckDB and LightGBM
# have the rest (see MemoryPlan). The heap has to be known before Java starts, hence here.

# How the JVM is to collect and compile for the command "$1".
#
# `synth` makes mechanisms that last for a table, and then the next. Left to itself the collector of other commands would let the
# heap grow to gigabytes, and one that works beside the program would cost a tenth of the time: so a simple one has 64 MB for
# new objects, half of them for those that last a table, and the rest of the heap grows only with what lives. For all else
# throughput matters more than memory.
#
# The better of the two compilers takes most of the processor's time in a short run, for code that is hardly run again: so it
# waits longer before it takes code up. `train` of a small matrix takes a quarter less for it, and of a larger one no more.
patient_compilers='-XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=3000 -XX:Tier4CompileThreshold=40000 -XX:Tier4BackEdgeThreshold=160000'
tuning_options() {
    case ${1:-} in
    synth)
        printf '%s ' '-XX:+UseSerialGC -Xms96m -Xmn64m -XX:SurvivorRatio=2 -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20' \
            "$patient_compilers"
        ;;
    train)
        printf '%s ' -XX:+UseParallelGC "$patient_compilers" \
            '-XX:Tier3InvocationThreshold=600 -XX:Tier3MinInvocationThreshold=300 -XX:Tier3CompileThreshold=4000'
        ;;
    *) printf '%s' -XX:+UseParallelGC ;;
    esac
}

# The -Xmx for the command line "$@"; nothing when its --memory cannot be read, which Java then says better.
heap_option() {
    heap_given=
    heap_config=
    heap_previous=
    for heap_argument in "$@"; do
        case $heap_previous in
        --memory) heap_given=$heap_argument ;;
        --config) heap_config=$heap_argument ;;
        esac
        case $heap_argument in
        --memory=*) heap_given=${heap_argument#--memory=} ;;
        --config=*) heap_config=${heap_argument#--config=} ;;
        esac
        heap_previous=$heap_argument
    done
    if [ -z "$heap_given" ] && [ -f "$heap_config" ]; then
        heap_given=$(sed -n 's/^memory:[[:space:]]*//p' "$heap_config")
    fi
    printf '%s\n' "${heap_given:-8g}" | awk '
        NR == 1 {
            text = tolower($0)
            gsub(/[[:space:]"\047]/, "", text)
            if (text !~ /^[0-9]+(\.[0-9]+)?[kmgt]b?$/) exit
            sub(/b$/, "", text)
            unit = substr(text, length(text))
            megabytes = text + 0
            if (unit == "k") megabytes /= 1024
            if (unit == "g") megabytes *= 1024
            if (unit == "t") megabytes *= 1048576
            heap = megabytes * 3 / 8
            printf "-Xmx%dm\n", heap < 64 ? 64 : heap # less and the JVM hardly starts
        }'
}
