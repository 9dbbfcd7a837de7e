#!/usr/bin/env bash
# report.sh - what the grader says about a wrong program, for the handouts
#
# usage: [BUILD=DIR] [CALLS=yes] grader/tests/report.sh LAB NAME [ITEM]
#
# Grades grader/tests/wrong/LAB/NAME.patch and prints the first lost item that
# is told in full, or ITEM. The seed is fixed, so the words are always the same.
# CALLS: its last calls, too. What depends on the moment becomes +0.0 ms, a
# client's own name NAME.PID.
set -euo pipefail
build=$(cd "${BUILD:-build}" && pwd)
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
cp -r labs "$work" # a build elsewhere looks for the kit in the current folder
cp -r "solutions/$1/posix" "$work/labs/$1"
patch -s -F0 -p1 -d "$work/labs/$1" <"grader/tests/wrong/$1/$2.patch"
chmod -R a+rX "$work/labs"
cd "$work"
calls=--no-timeline
[ -z "${CALLS-}" ] || calls=-v
{ "$build/grade" -l "$1" ${3:+-i "$3"} -s 1 --plain $calls || true; } | awk '
    /^  (ok|FAIL) / {
        if (told)
            exit
        line = $0
        next
    }
    /^          / && line {
        if (!told++)
            print line
        sub(/^          \+[0-9.]+ ms */, "          +0.0 ms    ")
        print
    }' | sed -E 's/(n[0-9a-f]{8})\.[0-9]+/\1.PID/'
