#!/usr/bin/env bash
# bench.sh - what grading costs, next to the bare cost ('make bench')
#
# For each lab and for all: compiling in the grader (nothing cached), compiling
# the same files with the same commands without it; running the items, starting
# as many programs as they do without it; and from one saved file to the
# verdict, when the rest is cached. Medians of RUNS, in seconds.
set -euo pipefail
build=${BUILD:-build}
runs=${RUNS:-5}
platform=${PLATFORM:-posix}
if [ "$platform" = all ]; then
    PLATFORM=posix bash "$0"
    PLATFORM=win32 exec bash "$0"
fi
suffix=
[ "$platform" = posix ] || suffix=.exe
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT

# median COMMAND...: the command prints seconds; prints the median of them
median() {
    for _ in $(seq "$runs"); do "$@"; done | sort -n |
        awk '{a[NR] = $1} END {printf "%.2f\n", a[int((NR + 1) / 2)]}'
}

# field KEY LAB...: a figure of one grading
field() {
    local key=$1
    shift
    "$build/grade" -p "$platform" -t "$work/tree" "${@/#/-l}" \
        --no-timeline -f "json=$work/result" ||
        true
    sed -n "s/.*\"$key\": \([0-9.]*\).*/\1/p" "$work/result"
}

cold() {
    rm -rf "$build"/cache-*
    field compile_seconds "$@"
}

timed() {
    local began ended
    began=$(date +%s%N)
    "$@" >/dev/null 2>&1 || true
    ended=$(date +%s%N)
    awk "BEGIN {printf \"%.4f\n\", ($ended - $began) / 1e9}"
}

# The commands that the grader runs, two at a time on two processors.
compile_bare() {
    local lab half include
    for lab in "$@"; do
        for half in solutions/"$lab"*/"$platform"/*.c; do
            include="-Ilabs -I$(echo labs/"$lab"*) -o /dev/null $half"
            if [ "$platform" = posix ]; then
                echo "$HALF $PLAIN $include $build/labs/half.o"
                echo "$HALF $CHECKED $include $build/labs/half_checked.o"
            else
                echo "$WIN $PLAIN $include $build/labs/half_win32.o"
            fi
        done
    done | xargs -P "$(nproc)" -I{} sh -c '{}'
}

start_bare() {
    local count=$1 i
    for ((i = 0; i < count; i += 2)); do
        $run "$build/solutions/01-filemapping/$platform/client$suffix" nobody &
        $run "$build/solutions/01-filemapping/$platform/client$suffix" nobody &
        wait
    done
}

# One half changes; the other one, and the reference, are cached.
save_to_verdict() {
    field compile_seconds "$@" >/dev/null
    echo "/* $(date +%s%N) */" >>"$(echo "$work"/tree/"$1"*/"$platform"/server.c)"
    timed "$build/grade" -p "$platform" -t "$work/tree" --no-timeline "${@/#/-l}"
}

run=
[ "$platform" = posix ] || run=labs/wine
mkdir "$work/tree"
for lab in solutions/*/; do
    [ -d "$lab/$platform" ] || continue
    mkdir -p "$work/tree/$(basename "$lab")"
    cp -r "$lab/$platform" "$work/tree/$(basename "$lab")"
done
chmod -R a+rX "$work"
numbers=$(cd "$work/tree" && ls -d [0-9]* | cut -c1-2)
printf '%-6s %9s %9s %9s %9s %9s %9s\n' lab compile bare run programs bare \
    saved
for lab in $numbers all; do
    # shellcheck disable=SC2086 # a list
    if [ "$lab" = all ]; then set -- $numbers; else set -- "$lab"; fi
    programs=$(field programs_started "$@")
    printf '%-6s %9s %9s %9s %9s %9s %9s\n' "$lab" \
        "$(median cold "$@")" "$(median timed compile_bare "$@")" \
        "$(median field run_seconds "$@")" "$programs" \
        "$(median timed start_bare "$programs")" \
        "$(median save_to_verdict "$@")"
done
echo "seconds; medians of $runs; $(nproc) processors; compile, run: in the" \
    "grader; bare: the same without it; saved: one file changed, to verdict"
