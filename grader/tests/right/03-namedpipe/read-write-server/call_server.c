/*
 * call_server.c - one descriptor for both ends of its FIFO, and poll()
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static const char *name;
static int is_made;

static void
clean_up(void)
{
    if (is_made)
        unlink(name);
}

static int
is_fifo(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0 && S_ISFIFO(status.st_mode);
}

static void
answer(const struct request *request, uint32_t serial)
{
    struct reply reply = {.serial = serial, .length = request->length};
    char path[NAME_SIZE];
    struct stat status;

    memcpy(reply.text, request->text, request->length);
    snprintf(path, sizeof path, REPLY_FORMAT, name, (long)request->pid);
    int fd = open(path, O_WRONLY | O_NONBLOCK | O_NOFOLLOW);
    if (fd == -1) {
        if (errno == ENXIO && is_fifo(path))
            unlink(path);
        return;
    }
    if (fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode) &&
        write(fd, &reply, sizeof reply) == -1 && errno == EPIPE)
        unlink(path);
    close(fd);
}

int
main(int argc, char *argv[])
{
    struct request request;
    uint32_t serial = 0;

    lab_start(argv[0]);
    if (argc < 2 || argc > 3)
        usage("NAME [COUNT]");
    check_name(argv[1]);
    uint32_t count = argc == 3 ? (uint32_t)parse_count("COUNT", argv[2]) : 0;
    name = argv[1];
    clean_up_at_end(clean_up);
    if (is_fifo(name) && unlink(name) == -1)
        die("unlink %s", name);
    if (mkfifo(name, 0600) == -1)
        die("mkfifo %s", name);
    is_made = 1;
    if (chmod(name, 0600) == -1)
        die("chmod %s", name);
    int fd = open(name, O_RDWR | O_NONBLOCK);
    if (fd == -1)
        die("open %s", name);
    if (put_line("ready", 5) == -1)
        die("write");
    while (count == 0 || serial < count) {
        struct pollfd wanted = {.fd = fd, .events = POLLIN};
        if (poll(&wanted, 1, -1) == -1)
            continue;
        ssize_t n = read(fd, &request, sizeof request);
        if (n == -1)
            continue;
        if (n != (ssize_t)sizeof request || request.pid <= 0 ||
            request.length > sizeof request.text)
            fprintf(stderr, "call_server: nonsense\n");
        else
            answer(&request, ++serial);
    }
    return 0;
}
