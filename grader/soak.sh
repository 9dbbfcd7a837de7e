#!/usr/bin/env bash
# soak.sh - grades the reference again and again under load ('make soak N=200')
#
# OPTIONS: more options for the grader, such as --walls=users.
#
# Meanwhile two loops are busy, and a third takes most of the free memory and
# gives it back, again and again. Prints the points lost and what was left
# behind: processes, Wine's among them, files in /tmp, objects in shared memory,
# System V IPC objects; and the free memory.
set -u
build=${BUILD:-build}
count=${1:-200}
platform=${PLATFORM:-posix}
memory() {
    awk '/^MemAvailable/ {print int($2 / 1024)}' /proc/meminfo
}
left() {
    ps -eo stat=,args= | grep -c '[b]wrap --uns\|kit/warden' || true
    ps -eo comm= | grep -ci '^wine\|\.exe$' || true
    find /tmp -maxdepth 1 \( -name 'grade-*' -o -name '.wine-*' \) | wc -l
    find /dev/shm -name '*n[0-9a-f]*.full' | wc -l
    ipcs | grep -c '^0x' || true
}
before=$(left)
memory_before=$(memory)
sh -c 'while :; do :; done' &
first=$!
sh -c 'while :; do :; done' &
second=$!
# tail(1) keeps a line until it ends, and zeros never do. All of them hold the
# other end of $load: it ends when the last one has given its memory back.
free=$(awk '/^MemAvailable/ {print int($2 * 0.6)}' /proc/meminfo)
exec {load}< <(exec setsid sh -c \
    "while :; do head -c ${free}K /dev/zero | tail >/dev/null; done" 3>&1)
third=$!
stop() {
    kill $first $second
    kill -- -$third
    trap - EXIT
    wait
    read -r -u "$load" || true
}
trap stop EXIT
lost=0
for ((i = 1; i <= count; i++)); do
    # shellcheck disable=SC2086 # a list of words
    out=$("$build/grade" -p "$platform" -t solutions --plain --no-timeline \
        ${OPTIONS-} 2>&1) || {
        lost=$((lost + 1))
        echo "run $i:"
        echo "$out" | grep -A 9 'FAIL\|^grade:'
    }
done
echo "$count gradings under load: $lost with a lost point or trouble"
stop
after=$(left)
echo "free memory: $memory_before MB before, $(memory) MB after"
# Fewer is no loss: somebody else's grading may have ended meanwhile.
if paste <(echo "$before") <(echo "$after") | awk '$2 > $1 { exit 1 }'; then
    echo "nothing left behind"
else
    echo "left behind (processes, Wine's, /tmp, /dev/shm, System V):" $after, \
        before: $before
    lost=1
fi
[ "$lost" -eq 0 ]
