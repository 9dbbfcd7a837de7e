#!/bin/sh
# template.sh - the folder that Wine needs: made once, and kept
#
# usage: sh template.sh
#
# Prints the path of the template for this machine's Wine, which it makes if
# there is none yet: about 15 s. It holds
#
#     prefix/   what Wine calls a prefix, with our settings; never written to
#     loader    a link to the program that runs .exe files
#     server    a link to wineserver(1)
#     wineboot  what starts the services: in the prefix a folder has its name
#
# and stands in $XDG_CACHE_HOME/ipc-lab-kit (usually ~/.cache); root's, which
# everybody must be able to read, in /var/cache/ipc-lab-kit. Its name changes
# with Wine's version and with this file. Files that are equal to Wine's own are
# links to these: 3 MB are left of 700.
#
# Exit status: 0, or 1 and a line that says what is missing.
set -eu
umask 022
owner=61000 # UNPRIVILEGED: who root's grader becomes (privilege.h)

fail() {
    echo "grade: $*" >&2
    exit 1
}

# Debian keeps them off the PATH.
find_program() {
    for path in "/usr/lib/wine/$1" "/usr/lib/wine/$2" "$(command -v "$1")" \
        "$(command -v "$2")"; do
        [ -x "$path" ] && readlink -f "$path" && return
    done
    fail "Wine is not installed: type 'make setup PLATFORM=win32'"
}

loader=$(find_program wine64 wine)
server=$(find_program wineserver64 wineserver)
version=$("$loader" --version 2>/dev/null | tr -c 'A-Za-z0-9.\n' '-')
[ -n "$version" ] || fail "$loader does not tell its version"
settings=$(cksum <"$0" | cut -d ' ' -f 1)

if [ "$(id -u)" -eq 0 ]; then
    cache=${XDG_CACHE_HOME:-/var/cache}/ipc-lab-kit
else
    cache=${XDG_CACHE_HOME:-$HOME/.cache}/ipc-lab-kit
fi
template=$cache/$version-$settings
if [ -e "$template/server" ]; then
    echo "$template"
    exit 0
fi

echo "grade: preparing Wine, once: about 15 seconds" >&2
mkdir -p "$cache" || fail "$cache cannot be made"
work=$(mktemp -d "$cache/new-XXXXXX") || fail "no folder can be made in $cache"
export WINELOADER="$loader" WINESERVER="$server" WINEPREFIX="$work/prefix" \
    WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml,winemenubuilder.exe=' \
    HOME="$work"
trap '"$server" -k >/dev/null 2>&1 || :; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
unset DISPLAY WAYLAND_DISPLAY
still='setarch -R' # see fix_addresses() in wine.c
$still true 2>/dev/null || still=
cd "$work"

# No window, no debugger after a crash (one that is not there: Wine would ask in
# a window whether to start it, and takes an empty name for whatever stands
# behind it), and no service without use. The calls that a lab is about
# are told (relay.h), unless Wine itself makes them; and
# SetUnhandledExceptionFilter(), the first thing that the C runtime does: then
# the program has been started.
calls() {
    for name in CloseHandle CreatePipe CreateThread ConnectNamedPipe \
        DisconnectNamedPipe DuplicateHandle ExitThread FlushFileBuffers \
        FlushViewOfFile GetExitCodeProcess GetFileSize GetFileSizeEx \
        GetHandleInformation GetLastError GetMailslotInfo GetNamedPipeInfo \
        GetOverlappedResult GetOverlappedResultEx GetStdHandle MapViewOfFile \
        MapViewOfFileEx PeekNamedPipe ReadFile ReadFileEx ReleaseMutex \
        ReleaseSemaphore ResetEvent SetEndOfFile SetEvent SetFilePointer \
        SetFilePointerEx SetHandleInformation SetMailslotInfo \
        SetNamedPipeHandleState SetUnhandledExceptionFilter \
        SignalObjectAndWait Sleep SleepEx \
        TerminateProcess TransactNamedPipe UnmapViewOfFile \
        WaitForMultipleObjects WaitForMultipleObjectsEx WaitForSingleObject \
        WaitForSingleObjectEx WriteFile WriteFileEx; do
        printf 'kernel32.%s;' $name
    done
    for name in CallNamedPipe CreateEvent CreateFile CreateFileMapping \
        CreateMailslot CreateMutex CreateNamedPipe CreateProcess \
        CreateSemaphore DeleteFile OpenEvent OpenFileMapping OpenMutex \
        OpenSemaphore WaitNamedPipe; do
        printf 'kernel32.%sA;kernel32.%sW;' $name $name
    done
    for name in fgets fread fgetc getc getchar gets _read fopen _open; do
        printf 'msvcrt.%s;' $name
    done
    for name in socket connect bind; do
        printf 'ws2_32.%s;' $name
    done
}

service='HKEY_LOCAL_MACHINE\System\CurrentControlSet\Services'
cat >settings.reg <<EOF
REGEDIT4

[HKEY_CURRENT_USER\Software\Wine\Drivers]
"Graphics"="null"

[HKEY_CURRENT_USER\Software\Wine\Debug]
"RelayInclude"="$(calls)"
"RelayFromExclude"="ntdll;kernelbase;msvcrt;ucrtbase"

[HKEY_LOCAL_MACHINE\Software\Microsoft\Windows NT\CurrentVersion\AeDebug]
"Auto"="1"
"Debugger"="none"

[$service\EventLog]
"Start"=dword:00000004

[$service\MountMgr]
"Start"=dword:00000004

[$service\NDIS]
"Start"=dword:00000004

[$service\nsiproxy]
"Start"=dword:00000004

[$service\PlugPlay]
"Start"=dword:00000004

[$service\winebus]
"Start"=dword:00000004
EOF
{
    $still "$loader" wineboot -i && "$server" -w &&
        $still "$loader" regedit /S settings.reg && "$server" -w
} </dev/null >log 2>&1 || fail "Wine could not be prepared: $(tail -n 1 log)"
grep -q '"Graphics"="null"' prefix/user.reg ||
    fail "Wine did not keep its settings"

# Links instead of copies of Wine's files.
find -L "$(dirname "$(readlink -f "$server")")/.." /usr/share/wine \
    /usr/lib/*/wine -maxdepth 3 -type f -size +1k 2>/dev/null >own || :
awk -F / '{ print $NF "\t" $0 }' own | sort -u -k 1,1 >own.names
find prefix -type f -size +1k | awk -F / '{ print $NF "\t" $0 }' |
    sort -k 1,1 | join -t "$(printf '\t')" - own.names |
    while IFS="$(printf '\t')" read -r _ copy original; do
        if cmp -s "$copy" "$original"; then
            ln -sf "$original" "$copy"
        fi
    done

# Every item of a lab has a server of its own, so that it finds nothing of the
# last one, and needs no services, nor the classes of a desktop: what does not
# start costs nothing (booted.c). What can be no program is not waited for.
mv prefix/drive_c/windows/system32/wineboot.exe wineboot
mkdir prefix/drive_c/windows/system32/wineboot.exe
control='System\\CurrentControlSet\\Control'
{
    awk 'BEGIN { RS = ""; ORS = "\n\n" } !/^\[Software\\\\Classes/' \
        prefix/system.reg
    printf '[%s] 1\n"ComputerName"="sandbox"\n' \
        "$control\\\\ComputerName\\\\ActiveComputerName"
} >system.reg
mv system.reg prefix/system.reg

rm -f prefix/wineserver settings.reg log own own.names
rm -rf .cache .local
ln -s "$loader" loader
ln -s "$server" server
if [ "$(id -u)" -eq 0 ]; then
    chown -hR "$owner:$owner" .
fi
chmod 755 .
# Whoever was faster has made the same.
mv -T "$work" "$template" 2>/dev/null || [ -e "$template/server" ] ||
    fail "$template cannot be made"
echo "$template"
