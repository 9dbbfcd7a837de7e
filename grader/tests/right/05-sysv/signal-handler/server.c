/*
 * server.c - without a helper thread: the handler cleans up and ends it all
 *
 * The handler does nothing but system calls, so it may run at any moment.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static const char *name;
static volatile sig_atomic_t is_made;
static volatile int queue = -1;

static void
remove_objects(void)
{
    if (queue != -1)
        msgctl(queue, IPC_RMID, NULL);
    queue = -1;
    if (is_made)
        unlink(name);
    is_made = 0;
}

static void
end(int number)
{
    (void)number;
    remove_objects();
    _exit(0);
}

static void
catch_signals(void)
{
    struct sigaction action = {.sa_handler = end};

    sigfillset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    if (atexit(remove_objects) != 0)
        diex("atexit: no room");
}

static key_t
make_key(void)
{
    struct stat status;
    int fd = open(name, O_RDONLY | O_CREAT | O_EXCL, 0600);

    if (fd == -1 && errno == EEXIST)
        fd = open(name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (fd == -1 || fstat(fd, &status) == -1)
        die("open %s", name);
    if (!S_ISREG(status.st_mode) || status.st_size > 0)
        diex("%s is in the way", name);
    is_made = 1;
    if (fchmod(fd, 0600) == -1)
        die("fchmod %s", name);
    close(fd);
    return ftok(name, KEY_LETTER);
}

static void
remove_old(key_t key)
{
    int id;

    if ((id = shmget(key, 0, 0)) != -1)
        shmctl(id, IPC_RMID, NULL);
    if ((id = semget(key, 0, 0)) != -1)
        semctl(id, 0, IPC_RMID);
    if ((id = msgget(key, 0)) != -1)
        msgctl(id, IPC_RMID, NULL);
}

/* Returns 1 for a goodbye. */
static int
serve(uint32_t *serial)
{
    struct {
        struct request request;
        char more[64];
    } message;
    struct reply reply;
    ssize_t size = msgrcv(queue, &message,
        sizeof message - offsetof(struct request, pid), -2, MSG_NOERROR);

    if (size == -1 && errno == EINTR)
        return 0;
    if (size == -1)
        die("msgrcv");
    if (size < 4 || size > 260 || message.request.pid <= 0) {
        complainx("nonsense in the queue: %zd bytes", size);
        return 0;
    }
    if (message.request.type == GOODBYE)
        return 1;
    reply.type = 3L + message.request.pid;
    reply.serial = ++*serial;
    memcpy(reply.text, message.request.text, (size_t)size - 4);
    if (msgsnd(queue, &reply, (size_t)size, IPC_NOWAIT) == -1 &&
        errno == EAGAIN)
        complain("no room for the reply %lu", (unsigned long)reply.serial);
    return 0;
}

int
main(int argc, char *argv[])
{
    uint32_t serial = 0;

    lab_start(argv[0]);
    if (argc < 2 || argc > 3)
        usage("NAME [COUNT]");
    check_name(argv[1]);
    name = argv[1];
    int count = argc == 3 ? parse_count("COUNT", argv[2]) : 0;
    catch_signals();
    key_t key = make_key();
    if (key == -1)
        die("ftok %s", name);
    remove_old(key);
    queue = msgget(key, IPC_CREAT | IPC_EXCL | 0600);
    if (queue == -1)
        die("msgget");
    if (put_line("ready", 5) == -1)
        die("cannot say ready");
    for (int ended = 0; count == 0 || ended < count;)
        ended += serve(&serial);
    return 0;
}
