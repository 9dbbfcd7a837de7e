#!/usr/bin/env bash
# handouts.sh - checks that the handouts show what is there and what happens
#
# usage: [BUILD=DIR] grader/tests/handouts.sh [--write]
#
# Run from the root of the kit, with the reference halves built in BUILD
# (default: build). In a handout, the line above a fenced block says where the
# block comes from:
#
#     <!-- from FILE -->        lines of FILE, as they stand there
#     <!-- change to FILE -->   a diff: its lines with ' ' and '-' are in FILE
#     <!-- run NAME -->         what transcripts/NAME.sh of the lab prints
#
# Blocks marked c, diff or console must have such a line. What differs is
# shown as a diff of the handout, status 1. --write mends the transcripts, and
# nothing else.

set -u
BUILD=${BUILD:-build}
export BUILD
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' INT TERM
mode=${1-}
bad=0
: >"$work/count"

# excerpt FILE < BLOCK: the block if FILE has these lines, else the lines that
# FILE has in the place of its first one.
excerpt() {
    awk '
        NR == FNR { block[++n] = $0; next }
        { file[++lines] = $0 }
        END {
            for (i = 1; i <= lines; i++) {
                if (file[i] != block[1])
                    continue
                for (k = 2; k <= n && file[i + k - 1] == block[k]; k++)
                    ;
                if (!at || k > n)
                    at = i
                if (k > n)
                    break
            }
            for (k = 0; at && k < n; k++)
                print file[at + k]
            if (!at)
                print "(" FILENAME " has no such first line)"
        }' - "$1"
}

# expected HANDOUT KIND SOURCE BLOCK: what should stand in the block.
expected() {
    if [ "$mode" = --write ] && [ "$2" != run ]; then
        cat "$4"
        return
    fi
    case $2 in
    from)
        excerpt "$3" <"$4"
        ;;
    "change to")
        grep -v '^+' "$4" | cut -c 2- >"$work/old"
        excerpt "$3" <"$work/old" >"$work/is"
        if cmp -s "$work/is" "$work/old"; then
            cat "$4"
        else
            sed 's/^/ /' "$work/is"
        fi
        ;;
    run)
        timeout 60 bash "${1%/README.md}/transcripts/$3.sh" </dev/null || {
            echo "(transcripts/$3.sh failed)"
            touch "$work/failed"
        }
        ;;
    *)
        echo "(the line above must say where this block comes from)"
        ;;
    esac
}

# renew HANDOUT: prints it as it should be.
renew() {
    local line marker='' kind
    while IFS= read -r line; do
        printf '%s\n' "$line"
        case $line in
        '```'*)
            : >"$work/block"
            kind=$line
            while IFS= read -r line && [ "$line" != '```' ]; do
                printf '%s\n' "$line" >>"$work/block"
            done
            if [[ -n $marker || $kind =~ ^...(c|diff|console)$ ]]; then
                expected "$1" "${marker% *}" "${marker##* }" "$work/block"
                echo >>"$work/count"
            else
                cat "$work/block"
            fi
            printf '```\n'
            ;;
        esac
        marker=''
        case $line in
        '<!-- '*' -->')
            marker=${line#<!-- }
            marker=${marker% -->}
            ;;
        esac
    done <"$1"
}

for handout in labs/*/README.md; do
    renew "$handout" >"$work/new"
    if [ "$mode" = --write ]; then
        [ ! -e "$work/failed" ] || exit 1
        cat "$work/new" >"$handout"
    elif ! diff -u "$handout" --label "$handout" "$work/new" --label expected
    then
        bad=1
    fi
done
if [ "$mode" != --write ] && [ $bad -eq 0 ]; then
    echo "$(wc -l <"$work/count") blocks checked"
fi
exit $bad
