#!/bin/sh
# skeleton.sh - writes the skeletons of labs again ('make skeleton LAB=NN')
#
# usage: sh solutions/skeleton.sh [NN]
#
# A half that differs from what is committed may be somebody's work: it is kept
# unless FORCE is set.
set -eu
for solution in solutions/"${1:-}"*/*/*.c; do
    skeleton=labs/${solution#solutions/}
    new=$(mktemp)
    awk -f solutions/skeleton.awk "$solution" >"$new" || {
        rm -f "$new"
        exit 1
    }
    if cmp -s "$new" "$skeleton"; then
        rm -f "$new"
    elif [ -e "$skeleton" ] && [ -z "${FORCE:-}" ] &&
        ! git diff --quiet HEAD -- "$skeleton" 2>/dev/null; then
        rm -f "$new"
        echo "$skeleton has been changed: kept (FORCE=1 writes over it)" >&2
        kept=1
    else
        mkdir -p "$(dirname "$skeleton")"
        cat "$new" >"$skeleton"
        rm -f "$new"
        echo "$skeleton"
    fi
done
[ -z "${kept:-}" ]
