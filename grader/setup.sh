#!/bin/sh
# setup.sh - installs what the kit needs and this machine has not ('make setup')
#
# usage: sh setup.sh [posix|win32|all] [check]
#
# check: for 'make check' and 'make mutants', too.
#
# Debian and Ubuntu; as root, or through sudo. Elsewhere it says what is needed.
# Each package stands in the README with the reason for it.
set -eu

packages='gcc libc6-dev make pkg-config check libjansson-dev
libseccomp-dev bubblewrap strace'
if [ "${2-}" = check ]; then
    packages="$packages clang clang-format valgrind patch procps"
    # Containers, and the calls that Docker allows in one.
    packages="$packages podman runc golang-github-docker-docker-dev"
fi
# A cross compiler, and what runs its programs: 1 GB, so only when asked for.
case ${1:-posix} in
win32 | all) packages="$packages gcc-mingw-w64-x86-64-win32 wine64" ;;
esac

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "setup: this is neither Debian nor Ubuntu; the kit needs what these" \
        "packages of theirs hold: $packages"
    for tool in gcc make pkg-config bwrap; do
        command -v $tool >/dev/null || missing="${missing-} $tool"
    done
    [ -z "${missing-}" ] || echo "setup: not found here:$missing"
    exit 0
fi

missing=
for package in $packages; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) ||
        status=none
    [ "$status" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "setup: installing$missing"
run=
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
        echo "setup: as root, type: apt-get install$missing" >&2
        exit 1
    }
    run=sudo
fi
export DEBIAN_FRONTEND=noninteractive
$run apt-get -qq update || echo "setup: the package list could not be updated"
# shellcheck disable=SC2086 # a list of words
$run apt-get -qq install -y --no-install-recommends $missing >/dev/null
