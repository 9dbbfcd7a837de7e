/*
 * call_client.c - a thread waits for replies, another for the server's end
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static char own[NAME_SIZE];
static int is_made;
static int to_server = -1;
static int from_server = -1;
static struct reply reply;
static sem_t has_reply;
static sem_t is_printed;

static void
clean_up(void)
{
    if (is_made)
        unlink(own);
}

static void *
take_replies(void *unused)
{
    for (;;) {
        ssize_t n = read(from_server, &reply, sizeof reply);
        if (n == -1 && errno == EINTR)
            continue;
        if (n != (ssize_t)sizeof reply || reply.length > TEXT_LIMIT)
            diex("a strange reply");
        sem_post(&has_reply);
        while (sem_wait(&is_printed) == -1)
            continue;
    }
    return unused;
}

/* The server has gone: a reply that has come already is printed first. */
static void *
watch_server(void *unused)
{
    struct pollfd ends = {.fd = to_server};
    struct pollfd replies = {.fd = from_server, .events = POLLIN};

    while (poll(&ends, 1, -1) == -1)
        continue;
    while (poll(&replies, 1, 0) == 1)
        sched_yield();
    diex("nobody reads any more");
    return unused;
}

static void
make_own(const char *name)
{
    struct stat status;

    snprintf(own, sizeof own, REPLY_FORMAT, name, (long)getpid());
    if (lstat(own, &status) == 0 && S_ISFIFO(status.st_mode))
        unlink(own);
    if (mkfifo(own, 0600) == -1)
        die("mkfifo %s", own);
    is_made = 1;
    if (chmod(own, 0600) == -1)
        die("chmod %s", own);
    from_server = open(own, O_RDWR);
    if (from_server == -1)
        die("open %s", own);
}

static void
start_thread(void *(*run)(void *))
{
    pthread_t thread;

    errno = pthread_create(&thread, NULL, run, NULL);
    if (errno != 0)
        die("pthread_create");
    pthread_detach(thread);
}

int
main(int argc, char *argv[])
{
    struct request request = {.pid = getpid()};
    struct stat status;
    char line[TEXT_LIMIT + 32];
    unsigned long number = 1;
    ssize_t length;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    to_server = open(argv[1], O_WRONLY | O_NONBLOCK);
    if (to_server == -1 || fstat(to_server, &status) == -1)
        die("%s", argv[1]);
    if (!S_ISFIFO(status.st_mode))
        diex("%s is no FIFO", argv[1]);
    fcntl(to_server, F_SETFL, 0);
    sem_init(&has_reply, 0, 0);
    sem_init(&is_printed, 0, 0);
    clean_up_at_end(clean_up);
    make_own(argv[1]);
    start_thread(take_replies);
    for (; (length = read_line(request.text, TEXT_LIMIT)) >= 0; number++) {
        request.length = (uint32_t)length;
        while (write(to_server, &request, sizeof request) == -1)
            if (errno != EINTR)
                die("write %s", argv[1]);
        if (number == 1)
            start_thread(watch_server);
        while (sem_wait(&has_reply) == -1)
            continue;
        int n =
            snprintf(line, sizeof line, "%lu: ", (unsigned long)reply.serial);
        memcpy(line + n, reply.text, reply.length);
        if (put_line(line, (size_t)n + reply.length) == -1)
            die("write");
        sem_post(&is_printed);
    }
    if (length == LINE_TOO_LONG)
        diex("line %lu: more than %d bytes", number, TEXT_LIMIT);
    if (length == LINE_ERROR)
        die("read");
    return 0;
}
