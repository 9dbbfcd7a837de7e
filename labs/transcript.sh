# transcript.sh - plays a session at one or two terminals and prints it
#
# A script labs/NN/transcripts/NAME.sh begins by reading this file; bash runs
# it from the root of the kit. BUILD is the directory of what was built, where
# the reference halves are. The verbs below print what one would see, with the
# terminal's name in front (none if the terminal is "-"):
#
#     A $ command          A   what it prints          A < what one types to it
#
# Nothing sleeps: what has to happen first is waited for. What changes from
# run to run is replaced. Names of objects are machine-wide: the words board
# and tally in a command get a suffix that the transcript does not show.

set -u
export LC_ALL=C
export PATH=/usr/local/bin:/usr/bin:/bin # a folder that may not be searched there
# would change "No such file" into "Permission denied"
lab=${0%/transcripts/*}
lab=${lab##*/}
root=$PWD
BUILD=$(cd "${BUILD:-build}" && pwd) || exit 1
suffix=_$$_
platform=posix
work=$(mktemp -d) # where the commands run
ctl=$(mktemp -d)  # each terminal is two FIFOs here
mkfifo "$ctl"/{A,B,-}.{in,out} "$ctl/never"
exec 7<>"$ctl/never" # read -t from here is a short rest
declare -A pid in=([A]=3 [B]=5 [-]=8) out=([A]=4 [B]=6 [-]=9)
declare -A pipes # the numbers seen, of sockets as well
pipe_count=0
addresses=(7f5e6a40c 7f01c8d3a 7fa97c21f)
maps=0
key=           # of System V objects, see find_key
declare -A ids=() # the identifiers seen
id_kind=
id=
# The port that lab 04 gives to the name board: 27947, in hexadecimal 6D2B.
port=2166136261
for letter in $(printf 'board%s' "$suffix" | od -A n -v -t u1); do
    port=$(((port ^ letter) * 16777619 & 0xffffffff))
done
port=$((20000 + port % 10000))
hex_port=$(printf %X $port)
trap leave EXIT
trap 'exit 1' INT TERM

leave() {
    for t in "${!pid[@]}"; do
        kill "${pid[$t]}" 2>/dev/null
    done
    if [ "$lab" = 05-sysv ] && find_key; then
        for kind in Q M S; do
            ipcrm -$kind "$key" 2>/dev/null
        done
    fi
    rm -rf "$work" "$ctl" /dev/shm/sem.*"$suffix"*
}

fail() {
    echo "$0: $*" >&2
    exit 1
}

# half NAME [TASK...]: puts ./NAME into the working folder: the reference, or
# what it is while only these TASKs are done. NAME.exe is the Win32 half, to be
# started with the command 'wine NAME.exe'.
half() {
    local name=${1%.exe}
    if [ "$name" != "$1" ]; then
        platform=win32
        PATH=$root/labs:/usr/local/bin:/usr/bin:/bin # for labs/wine
    fi
    if [ $# -eq 1 ]; then
        cp "$BUILD/solutions/$lab/$platform/$1" "$work/$1"
        return
    fi
    awk -v tasks=" $* " '
        /\/\* TASK [0-9]+: / { skip = !index(tasks, " " $3 + 0 " ") }
        /\/\* END [0-9]+ \*\// { skip = 0 }
        !skip' "$root/solutions/$lab/$platform/$name.c" >"$work/$name.c"
    compile "$work/$1" "$work/$name.c"
}

# miniature: puts ./miniature into the working folder.
miniature() {
    compile "$work/miniature" "$root/labs/$lab/miniature.c"
}

compile() {
    local cc="${CC:-cc} -D_XOPEN_SOURCE=700 -pthread"
    [ "$platform" = posix ] || cc=x86_64-w64-mingw32-gcc
    $cc -std=c17 -w -I"$root/labs" -I"$root/labs/$lab" -o "$1" "$2" \
        "$root/labs/lab.c" ||
        fail "$2 does not compile"
}

# start TERMINAL COMMAND: shows the command and starts it. $(pidof -s X) in it
# stands for the program X that was started at the other terminal.
start() {
    local t=$1 command=$2
    if [ "$t" = - ]; then
        printf '$ %s\n' "$command"
    else
        printf '%s $ %s\n' "$t" "$command"
    fi
    command=${command//board/board$suffix}
    command=${command//tally/tally$suffix}
    command=${command//'pidof -s buffer_'/pidof -s }
    command=${command//'$(pidof -s server)'/${pid[A]-}}
    command=${command//'$(pidof -s server.exe)'/${pid[A]-}}
    command=${command//'$(pidof -s client)'/${client-${pid[B]-}}}
    command=${command//'$(pidof -s call_server)'/${pid[A]-}}
    command=${command//'$(pidof -s call_client)'/${pid[B]-}}
    command=${command//:27947/:$port}
    command=${command//:6D2B/:$hex_port}
    if [[ $command == *0x4c* ]]; then
        find_key || fail "the key was never known"
        command=${command//0x4c013b9e/0x4c}
        command=${command//0x4c/$key}
    elif [[ $command =~ ^(ipcs.*\ -i\ )[0-9]+(.*)$ ]]; then
        command=${BASH_REMATCH[1]}$id${BASH_REMATCH[2]} # the one seen last
    fi
    case $command in
    *[\;\|\&\<\(]*) ;;
    *) command="exec $command" ;; # so that $! is the program itself
    esac
    (
        cd "$work" || exit
        for fd in /proc/"$BASHPID"/fd/*; do # ours, and what we were given
            [ "${fd##*/}" -le 2 ] || eval "exec ${fd##*/}>&-"
        done
        exec bash -c "$command"
    ) <"$ctl/$t.in" >"$ctl/$t.out" 2>&1 &
    pid[$t]=$!
    eval "exec ${in[$t]}>\$ctl/\$t.in ${out[$t]}<\$ctl/\$t.out"
}

# find_key: computes the key of the key file, as ftok() does; 0x4c in a command
# stands for it. The open descriptor keeps the file's number from being used
# again, so that the key stays ours when the file is gone.
find_key() {
    local file
    [ -z "$key" ] || return 0
    file=$(find "$work" -type f -empty)
    [ -n "$file" ] || return 1
    exec 10<"$file"
    key=$(printf '0x4c%02x%04x' $(($(stat -c %d "$file") & 0xff)) \
        $(($(stat -c %i "$file") & 0xffff)))
}

# see TERMINAL: waits for one more line there.
see() {
    local line
    IFS= read -r -t 20 -u "${out[$1]}" line || fail "no line came at $1"
    say "$1" "$line"
}

# type TERMINAL TEXT: types TEXT and the end of the line.
type() {
    printf '%s <%s\n' "$1" "${2:+ $2}"
    printf '%s\n' "$2" >&"${in[$1]}"
}

# eof TERMINAL: types the end of the input.
eof() {
    printf '%s < Ctrl-D\n' "$1"
    eval "exec ${in[$1]}>&-"
}

# interrupt TERMINAL: ends the program there, which is still running.
interrupt() {
    printf '%s < Ctrl-C\n' "$1"
    kill "${pid[$1]}" || fail "$1 is not running"
    end "$1"
}

# end TERMINAL: waits for the end of the command and shows what it prints.
end() {
    local line got
    while
        IFS= read -r -t 20 -u "${out[$1]}" line
        got=$?
        [ $got -eq 0 ]
    do
        say "$1" "$line"
    done
    [ $got -eq 1 ] || fail "$1 does not end"
    eval "exec ${in[$1]}>&- ${out[$1]}<&-"
    wait "${pid[$1]}" 2>/dev/null
    status=$?
    unset "pid[$1]"
}

# status TERMINAL: shows the exit status of the command that ended last.
status() {
    printf '%s $ echo $?\n%s   %s\n' "$1" "$1" "$status"
}

# run TERMINAL COMMAND: from its start to its end; nothing is typed.
run() {
    start "$1" "$2"
    end "$1"
}

# await COMMAND: until COMMAND, run in the working folder, succeeds.
await() {
    local rests=0 rest
    until (cd "$work" && eval "${1//board/board$suffix}") >"$ctl/await" 2>&1; do
        read -r -t 0.01 -u 7 rest
        rests=$((rests + 1))
        [ $rests -lt 2000 ] || fail "not in 20 s: $1"
    done
}

# say TERMINAL LINE: shows LINE with everything replaced that changes.
say() {
    local t=$1 line=${2//$suffix/} n
    local date='[A-Z][a-z]+ +[0-9]+ +[0-9:]+'
    line=${line//port $port/port 27947}
    line=${line//htons($port)/htons(27947)}
    line=${line//:$hex_port /:6D2B }
    [ -z "$key" ] || line=${line//${key#0x}/4c013b9e}
    line=${line//$work/\/home\/you\/kit\/build\/labs\/$lab\/$platform}
    if [[ $line =~ ^(.*desk\.)[0-9]{2,}(.*)$ ]]; then # a client's own FIFO
        line=${BASH_REMATCH[1]}4711${BASH_REMATCH[2]}
    fi
    if [[ $line =~ ^([-dlps][-rwx]{9})[^\ ]*\ +[0-9]+\ +[^\ ]+\ +[^\ ]+\ +([0-9]+)\ +$date\ (.*)$ ]]; then
        line="${BASH_REMATCH[1]} 1 you you ${BASH_REMATCH[2]} Mar  1 10:00 ${BASH_REMATCH[3]}"
    elif [[ $line =~ ^[0-9a-f]+-[0-9a-f]+\ ([-rwxsp]+)\ [0-9a-f]+\ [0-9a-f:]+\ [0-9]+\ *(.*)$ ]]; then
        n=${addresses[$maps]}
        maps=$((maps + 1))
        line="${n}000-${n%?}$(printf %x $((0x${n: -1} + 1)))000 ${BASH_REMATCH[1]} 00000000 fe:01 1311${BASH_REMATCH[2]:+ ${BASH_REMATCH[2]}}"
    elif [[ $line =~ ^(key\ +([a-z]+)id\ .*[^\ ])\ +$ ]]; then # ipcs
        line=${BASH_REMATCH[1]}
        id_kind=${BASH_REMATCH[2]}
    elif [[ $line =~ ^(0x4c013b9e\ +)([0-9]+)\ +[^\ ]+\ +(.*[^\ ])\ +$ ]]; then
        id=${BASH_REMATCH[2]}
        n=${ids[$id_kind$id]-$((7 + ${#ids[@]}))}
        ids[$id_kind$id]=$n
        line="${BASH_REMATCH[1]}$(printf '%-10s %-10s ' "$n" you)${BASH_REMATCH[3]}"
    elif [[ $line =~ ^([0-2](\ +[0-9]+){3}\ +)[0-9]+\ +$ ]]; then # ipcs -i
        line=${BASH_REMATCH[1]}4711
    elif [[ $line =~ ^(semnum.*pid)\ +$ ]]; then
        line=${BASH_REMATCH[1]}
    elif [[ $line =~ ^[0-9]+\ board$ ]]; then # ls -i
        line="1311 board"
    fi
    if [[ $2 =~ \ 00:01\ ([0-9]+)\ +/SYSV ]]; then # a segment in maps
        line=${line/fe:01 1311/00:01 ${ids[shm${BASH_REMATCH[1]}]-7}}
    fi
    if [[ $line =~ ^l[-rwx]+(.*)\ $ctl/([AB-])\.(in|out)$ ]]; then
        n=${BASH_REMATCH[2]}
        line="lrwx------${BASH_REMATCH[1]} /dev/pts/$([ "$n" = B ] && echo 2 || echo 1)"
    elif [[ $line =~ ^(.*(pipe|socket):\[|0002\ 01\ |.*:6D2B\ )([0-9]+)(.*)$ ]]; then
        n=${BASH_REMATCH[3]}
        pipes[$n]=${pipes[$n]-$((48111 + pipe_count++))}
        line=${BASH_REMATCH[1]}${pipes[$n]}${BASH_REMATCH[4]}
    elif [[ $line =~ ^(.*/proc/)[0-9]+(/.*)$ ]]; then
        line=${BASH_REMATCH[1]}4711${BASH_REMATCH[2]}
    elif [[ $line =~ ^(.*)0x7[0-9a-f]+(.*)$ ]]; then
        line=${BASH_REMATCH[1]}0x${addresses[0]}000${BASH_REMATCH[2]}
    fi
    if [ "$t" = - ]; then
        printf '%s\n' "$line"
    elif [ -z "$line" ]; then
        printf '%s\n' "$t"
    else
        printf '%s   %s\n' "$t" "$line"
    fi
}
