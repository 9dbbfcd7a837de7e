/*
 * server.c - receives with room for any message, and so needs no MSG_NOERROR
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

enum {
    ROOM = 65536
};

static const char *name;
static int is_made;
static int queue = -1;

static struct {
    long type;
    char bytes[ROOM];
} message;

static void
clean_up(void)
{
    if (is_made)
        unlink(name);
    if (queue != -1)
        msgctl(queue, IPC_RMID, NULL);
}

static key_t
make_key(void)
{
    struct stat status;

    if (lstat(name, &status) == -1) {
        int fd = creat(name, 0600);
        if (fd == -1)
            die("creat %s", name);
        close(fd);
    } else if (!S_ISREG(status.st_mode) || status.st_size != 0) {
        diex("%s stands there already", name);
    }
    is_made = 1;
    if (chmod(name, 0600) == -1)
        die("chmod %s", name);
    key_t key = ftok(name, KEY_LETTER);
    if (key == -1)
        die("ftok %s", name);
    return key;
}

static void
answer(int32_t pid, uint32_t serial, ssize_t size)
{
    message.type = REPLY;
    message.type += pid;
    memcpy(message.bytes, &serial, sizeof serial);
    while (msgsnd(queue, &message, (size_t)size, IPC_NOWAIT) == -1) {
        if (errno == EINTR)
            continue;
        complain("reply %lu to %ld", (unsigned long)serial, (long)pid);
        if (errno != EAGAIN)
            die("msgsnd");
        break;
    }
}

int
main(int argc, char *argv[])
{
    uint32_t serial = 0;
    int left = -1;

    lab_start(argv[0]);
    if (argc != 2 && argc != 3)
        usage("NAME [COUNT]");
    check_name(argv[1]);
    name = argv[1];
    if (argc == 3 && parse_count("COUNT", argv[2]) > 0)
        left = parse_count("COUNT", argv[2]);
    clean_up_at_end(clean_up);
    key_t key = make_key();
    msgctl(msgget(key, 0), IPC_RMID, NULL);
    shmctl(shmget(key, 0, 0), IPC_RMID, NULL);
    semctl(semget(key, 0, 0), 0, IPC_RMID);
    queue = msgget(key, 0600 | IPC_CREAT | IPC_EXCL);
    if (queue == -1)
        die("msgget %s", name);
    if (put_line("ready", 5) == -1)
        die("write");
    while (left != 0) {
        int32_t pid = 0;
        ssize_t size = msgrcv(queue, &message, ROOM, -GOODBYE, 0);
        if (size == -1 && errno == EINTR)
            continue;
        if (size == -1)
            die("msgrcv %s", name);
        if (size >= MESSAGE_HEAD)
            memcpy(&pid, message.bytes, sizeof pid);
        if (pid < 1 || size > MESSAGE_HEAD + TEXT_LIMIT)
            complainx("a bad message, %zd bytes, was thrown away", size);
        else if (message.type == REQUEST)
            answer(pid, ++serial, size);
        else if (left > 0)
            left--;
    }
    return 0;
}
