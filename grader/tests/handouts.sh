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
# Blocks marked c, diff or console must have such a line. A line "**Wins:** ..."
# in "### Step N" names the items that the marking scheme has for that step, and
# "**Wins:** ..." in "### Win32, step N" those for Win32. What differs is shown
# as a diff of the handout, status 1. --write mends transcripts
# and these lines, and nothing else. The README's scripts are in transcripts/
# beside this file; those of docs/ are in docs/transcripts. Those called win32-*
# need Wine and a kit built with PLATFORM=win32, and are skipped without.

set -u
BUILD=${BUILD:-build}
export BUILD
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' INT TERM
mode=${1-}
bad=0
: >"$work/count"
: >"$work/skipped"
win32=no
if [ -e "$BUILD/grader/wine/stranger.exe" ] &&
    sh grader/wine/template.sh >"$work/template" 2>&1; then
    win32=yes
fi

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
    if [[ $2$win32 == runno && $3 == win32-* ]]; then
        cat "$4"
        echo "$3" >>"$work/skipped"
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
        timeout 300 bash "$(scripts_of "$1")/$3.sh" </dev/null || {
            echo "(transcripts/$3.sh failed)"
            touch "$work/failed"
        }
        ;;
    *)
        echo "(the line above must say where this block comes from)"
        ;;
    esac
}

scripts_of() {
    case $1 in
    README.md) echo grader/tests/transcripts ;;
    docs/*) echo docs/transcripts ;;
    *) echo "${1%/README.md}/transcripts" ;;
    esac
}

# wins HANDOUT STEP PLATFORM: the line about the items that the step wins.
wins() {
    local lab=${1#labs/}
    "$BUILD/grade" --list -p "$3" -l "${lab%%-*}" | awk -v step="$2" '
        $0 ~ "\\(step " step "\\)$" {
            points = $1
            half = $2
            sub(/^ *[0-9]+ +[a-z_]+ +/, "")
            sub(/ \(step [0-9]+\)$/, "")
            printf "%s%s: %s (%d)", n++ ? "; " : "**Wins:** ", half, $0, points
        }
        END { print n ? "." : "**Wins:** nothing yet; the next steps need it." }'
}

# renew HANDOUT: prints it as it should be.
renew() {
    local line marker='' kind step=0 platform=posix
    while IFS= read -r line; do
        case $line in
        '### Step '*) platform=posix ;;
        '### Win32, step '*) platform=win32 ;;
        esac
        case $line in
        '### Step '* | '### Win32, step '*)
            step=${line#*[Ss]tep }
            step=${step%%:*}
            ;;
        '**Wins:**'*) line=$(wins "$1" "$step" "$platform") ;;
        esac
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

for handout in README.md labs/*/README.md docs/*.md; do
    renew "$handout" >"$work/new"
    if [ "$mode" = --write ]; then
        [ ! -e "$work/failed" ] || exit 1
        cat "$work/new" >"$handout"
    elif ! diff -u "$handout" --label "$handout" "$work/new" --label expected
    then
        bad=1
    fi
done
skipped=$(wc -l <"$work/skipped")
[ "$skipped" -eq 0 ] ||
    echo "$skipped blocks skipped: they need Wine, and PLATFORM=win32"
if [ "$mode" != --write ] && [ $bad -eq 0 ]; then
    echo "$(($(wc -l <"$work/count") - skipped)) blocks checked"
fi
exit $bad
