#!/usr/bin/env bash
# mutants.sh - does the grader notice a single wrong word? ('make mutants')
#
# Makes all single mutations of the reference solutions (grader/mutants/),
# compiles each and grades it. One that loses a point is killed. One that is
# compiled to the very same code as the original, or as another mutant, is not
# counted. A survivor is a hole in a rubric, unless grader/mutants/equivalent.txt
# says why nobody can tell it from the original.
#
# LAB=NN: of one lab; ONLY=WORD: those with the word in their line (the key, or
# what is changed); JOBS=N at a time; KEEP=FOLDER: leaves the verdicts there.
#
# Exit status: 0 every mutant is killed or explained, 1 not so, or the list is
# out of date, 2 trouble.
set -euo pipefail
build=${BUILD:-build}
export CC=${HALF:-gcc}
here=grader/mutants
jobs=${JOBS:-$((2 * $(nproc)))}
if ! command -v clang >/dev/null; then
    echo "mutants: clang is not installed; type 'make setup'" >&2
    exit 2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
export work

# The grader keeps what it builds next to itself: nobody needs mutants there.
mkdir -p "$work/build/labs" "$work/mutants"
cp "$build/grade" "$build/warden" "$build/short.so" "$work/build"
cp "$build"/labs/half*.o "$work/build/labs"
cp -r "$build/solutions" "$work/build"
"$build/mutate" "$here/equivalent.txt" >"$work/explained"

# list LAB PROGRAM: writes the mutants, and a line for each to LAB.list.
list() {
    local source=solutions/$1/posix/$2.c folder=$work/mutants/$1/$2
    mkdir -p "$folder"
    cp "$source" "$folder/0.c"
    # shellcheck disable=SC2086 # a command with its flags
    clang -Xclang -ast-dump=json -fsyntax-only ${CC#* } -Ilabs "-Ilabs/$1" \
        "$source" >"$work/syntax"
    "$build/mutate" "$1/$2.c" "$source" "$folder" <"$work/syntax" >"$work/list"
    sed "s/^/$2\t/" "$work/list" >"$work/lines"
    grep -F -e "${ONLY-}" "$work/lines" >>"$work/mutants/$1.list" || true
}

# compile LAB PROGRAM N: adds "PROGRAM N SUM" to LAB.code, the sum of the code;
# nothing if the compiler refuses it. No names of files, no lines are in it.
compile() {
    local file=$work/mutants/$1/$2/$3
    # shellcheck disable=SC2086 # a command with its flags
    if $CC -g0 -w -c -Ilabs "-Ilabs/$1" -o "$file.o" -x c - <"$file.c" \
        2>/dev/null; then
        echo "$2 $3 $(cksum <"$file.o")" >>"$work/mutants/$1.code"
        rm "$file.o"
    fi
}

# judge LAB PROGRAM N: adds "PROGRAM N VERDICT" to LAB.verdicts.
judge() {
    local tree=$work/tree.$$ status=0 verdict=trouble
    mkdir -p "$tree/$1"
    cp -r "solutions/$1/posix" "$tree/$1"
    cp "$work/mutants/$1/$2/$3.c" "$tree/$1/posix/$2.c"
    timeout -k 5 300 "$work/build/grade" -t "$tree" -l "$1" -s 1 -i "$2" \
        -i pair --no-timeline -f json="$tree/result" >"$tree/messages" 2>&1 || status=$?
    if [ "$status" -eq 0 ]; then
        verdict=survived
    elif [ "$status" -eq 1 ] && grep -q '"gradable": false' "$tree/result"; then
        verdict=refused
    elif [ "$status" -eq 1 ]; then
        verdict=killed
    fi
    echo "$2 $3 $verdict $(tail -n 1 "$tree/messages")" \
        >>"$work/mutants/$1.verdicts"
    rm -r "$tree"
    progress "$1"
}

# Words, a line for every 25 mutants; on a terminal, one line that changes.
progress() {
    local graded survived all=$work/mutants/$1
    graded=$(wc -l <"$all.verdicts")
    survived=$(grep -c ' survived ' "$all.verdicts" || true)
    local words="$1: $graded of $(wc -l <"$all.jobs") graded, $survived survived"
    if [ -t 2 ]; then
        printf '\r%s ' "$words" >&2
    elif [ $((graded % 25)) -eq 0 ]; then
        echo "$words" >&2
    fi
}
export -f compile judge progress

# spread LAB FUNCTION: does it for each "PROGRAM N" of standard input.
spread() {
    sed "s/^/$1 /" | xargs -r -P "$jobs" -L 1 bash -c "set -euo pipefail
        $2 \"\$@\"" "$2"
}

failed=0
echo lab mutants compile equal twins killed equivalent survive trouble rate \
    >"$work/table"
for folder in solutions/"${LAB-}"*/; do
    if [ ! -d "$folder" ]; then
        echo "mutants: there is no lab '${LAB-}'" >&2
        exit 2
    fi
    lab=$(basename "$folder")
    all=$work/mutants/$lab
    : >"$all.list"
    for source in "$folder"posix/*.c; do
        list "$lab" "$(basename "$source" .c)"
        compile "$lab" "$(basename "$source" .c)" 0
    done
    cut -f 1,2 "$all.list" | tr '\t' ' ' | spread "$lab" compile
    # The first of those with the same code; the original is number 0.
    sort -k 1,1 -k 2,2n "$all.code" |
        awk '!seen[$1, $3, $4]++ && $2 > 0 {print $1, $2}' >"$all.jobs"
    : >"$all.verdicts"
    spread "$lab" judge <"$all.jobs"
    [ ! -t 2 ] || echo >&2
    awk -v lab="$lab" -v only="${ONLY-}" -v table="$work/table" \
        -f "$here/report.awk" what=explained "$work/explained" \
        what=code "$all.code" what=verdicts "$all.verdicts" \
        what=list "$all.list" || failed=1
    if [ -n "${KEEP-}" ]; then
        mkdir -p "$KEEP"
        cp "$all".* "$KEEP"
    fi
done

awk '{
    printf "%-15s %7s %7s %5s %5s %6s %10s %7s %7s %6s\n", $1, $2, $3, $4, $5,
        $6, $7, $8, $9, $10
}' "$work/table"
exit $failed
