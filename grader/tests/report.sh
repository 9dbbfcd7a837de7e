#!/usr/bin/env bash
# report.sh - what the grader says about a wrong program, for the handouts
#
# usage: [BUILD=DIR] grader/tests/report.sh LAB NAME
#
# Grades grader/tests/wrong/LAB/NAME.patch and prints the first lost item that
# is told in full. The seed is fixed, so the words are always the same.
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
{ "$build/grade" -l "$1" -s 1 --plain --no-timeline || true; } | awk '
    /^  (ok|FAIL) / {
        if (told)
            exit
        line = $0
        next
    }
    /^          / && line {
        if (!told++)
            print line
        print
    }'
