/*
 * call_server.c - ppoll() with the signals let in only there, and replies in
 * threads of their own
 */
#define _GNU_SOURCE /* ppoll(2) */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

struct job {
    char path[NAME_SIZE];
    struct reply reply;
};

static volatile sig_atomic_t is_over;

static void
handle(int number)
{
    (void)number;
    is_over = 1;
}

static void *
deliver(void *argument)
{
    struct job *job = argument;
    struct stat status;

    if (lstat(job->path, &status) == 0 && S_ISFIFO(status.st_mode)) {
        int fd = open(job->path, O_WRONLY | O_NONBLOCK);
        if (fd == -1 || write(fd, &job->reply, sizeof job->reply) == -1)
            unlink(job->path);
        if (fd != -1)
            close(fd);
    }
    free(job);
    return NULL;
}

static void
answer(const char *name, const struct request *request, uint32_t serial)
{
    struct job *job = calloc(1, sizeof *job);
    pthread_t thread;

    if (job == NULL)
        return;
    snprintf(
        job->path, sizeof job->path, REPLY_FORMAT, name, (long)request->pid);
    job->reply.serial = serial;
    job->reply.length = request->length;
    memcpy(job->reply.text, request->text, request->length);
    if (pthread_create(&thread, NULL, deliver, job) == 0)
        pthread_join(thread, NULL);
}

int
main(int argc, char *argv[])
{
    struct sigaction action = {.sa_handler = handle};
    struct request request;
    struct stat status;
    sigset_t usual;
    sigset_t ends;
    uint32_t serial = 0;

    lab_start(argv[0]);
    if (argc != 2 && argc != 3)
        usage("NAME [COUNT]");
    check_name(argv[1]);
    uint32_t count = argc == 3 ? (uint32_t)parse_count("COUNT", argv[2]) : 0;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigprocmask(SIG_BLOCK, &ends, &usual);
    umask(0);
    while (mkfifo(argv[1], 0600) == -1) {
        int error = errno;
        if (error != EEXIST || lstat(argv[1], &status) == -1 ||
            !S_ISFIFO(status.st_mode) || unlink(argv[1]) == -1) {
            errno = error;
            die("mkfifo %s", argv[1]);
        }
    }
    int fd = open(argv[1], O_RDONLY | O_NONBLOCK);
    int spare = fd != -1 ? open(argv[1], O_WRONLY) : -1;
    if (fd == -1 || spare == -1 || put_line("ready", 5) == -1) {
        complain("%s", argv[1]);
        unlink(argv[1]);
        return 1;
    }
    while (!is_over && (count == 0 || serial < count)) {
        struct pollfd wanted = {.fd = fd, .events = POLLIN};
        if (ppoll(&wanted, 1, NULL, &usual) == -1)
            continue;
        ssize_t n = read(fd, &request, sizeof request);
        if (n == -1)
            continue;
        if (n < (ssize_t)sizeof request || request.pid < 1 ||
            request.length > TEXT_LIMIT) {
            complainx("nonsense");
            continue;
        }
        answer(argv[1], &request, ++serial);
    }
    unlink(argv[1]);
    return 0;
}
