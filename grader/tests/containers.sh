#!/bin/sh
# containers.sh - grades the solutions in a container of a certain kind
#
# usage: containers.sh can            may we make containers? else says why not
#        containers.sh enter FOLDER   makes a root file system in the folder:
#                                     this machine's, writes go to memory
#        containers.sh leave FOLDER   takes it away
#        containers.sh run FOLDER KIND WALLS LABS...
#                                     the marks must be whole, the walls these,
#                                     and nothing may be left
#        containers.sh do FOLDER KIND COMMAND...
#
# The kit in the current folder must be built. Kinds: what podman and Docker
# give a container if nothing is said, as root and as a user.
set -eu

seccomp=/usr/share/gocode/src/github.com/docker/docker/profiles/seccomp
profile=$seccomp/default.json

can() {
    for program in podman runc; do
        command -v $program >/dev/null || {
            echo "$program is not installed"
            return 1
        }
    done
    [ "$(id -u)" = 0 ] || {
        echo "only root can make them here"
        return 1
    }
    [ -r "$profile" ] || {
        echo "Docker's seccomp profile is not installed"
        return 1
    }
    try=$(mktemp -d)
    if enter "$try" 2>/dev/null && contain "$try" podman true >/dev/null 2>&1; then
        result=0
    else
        echo "podman with runc does not work here"
        result=1
    fi
    leave "$try" 2>/dev/null || :
    rmdir "$try" 2>/dev/null || :
    return $result
}

enter() {
    mount -t tmpfs none "$1"
    mkdir "$1/upper" "$1/work" "$1/root"
    mount -t overlay none -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" \
        "$1/root"
    # A file system mounted there gets the mode of what it covers.
    mkdir -p "$1/root/run/ipc-lab-kit"
    chmod 700 "$1/root/run/ipc-lab-kit"
}

leave() {
    umount "$1/root" || :
    umount "$1"
}

# Docker gives these capabilities.
docker="--security-opt seccomp=$profile --cap-drop all --cap-add CHOWN \
--cap-add DAC_OVERRIDE --cap-add FSETID --cap-add FOWNER --cap-add MKNOD \
--cap-add NET_RAW --cap-add SETGID --cap-add SETUID --cap-add SETFCAP \
--cap-add SETPCAP --cap-add NET_BIND_SERVICE --cap-add SYS_CHROOT \
--cap-add KILL --cap-add AUDIT_WRITE"

# usage: contain FOLDER KIND COMMAND...
contain() {
    root=$1/root
    case $2 in
    docker) options=$docker ;;
    docker-no-new-privileges) options="$docker --security-opt no-new-privileges" ;;
    docker-user) options="$docker --user 1000" ;;
    docker-remedy) options="--security-opt seccomp=unconfined --security-opt unmask=ALL" ;;
    docker-no-capabilities) options="--security-opt seccomp=$profile --cap-drop all" ;;
    podman) options= ;;
    podman-remedy) options="--security-opt unmask=ALL" ;;
    *) return 1 ;;
    esac
    shift 2
    # shellcheck disable=SC2086 # a list of words
    podman --runtime runc run --rm --network none \
        --ulimit nofile=1024:4096 --ulimit nproc=4096:4096 \
        --tmpfs /tmp:rw,exec,mode=1777,notmpcopyup \
        --tmpfs /run/ipc-lab-kit:rw,mode=700,notmpcopyup \
        -v "$PWD:/kit:O" --workdir /kit $options --rootfs "$root" "$@"
}

# In the container: what is there that was not before?
look() {
    ls -A /tmp /run /dev/shm /dev/mqueue
    tail -qn +2 /proc/sysvipc/*
    set -- /proc/[0-9]*
    echo $#
}

# usage: inside WALLS LABS...
inside() {
    walls=$1
    shift
    before=$(look)
    result=0
    "${TEST_BUILD:-build}/grade" --plain -t solutions "$@" \
        -f text=/work.text -f json=/work.json >/dev/null 2>/work.error ||
        result=$?
    grep -q "\"walls\": \"$walls\"" /work.json ||
        { echo "not the walls $walls"; result=9; }
    ! grep "  skip  " /work.text || result=9
    [ "$before" = "$(look)" ] || { echo "something is left:"; look; result=9; }
    [ $result = 0 ] || cat /work.text /work.error
    return $result
}

action=$1
shift
case $action in
can) can ;;
enter) enter "$1" ;;
leave) leave "$1" ;;
inside) inside "$@" ;;
run)
    folder=$1
    kind=$2
    shift 2
    contain "$folder" "$kind" env TEST_BUILD="${TEST_BUILD:-build}" \
        sh grader/tests/containers.sh inside "$@"
    ;;
do) contain "$@" ;;
esac
