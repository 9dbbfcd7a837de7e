/*
 * server.c - select(), a signal handler and a pipe to itself
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"

static int wake[2];

static void
handle(int number)
{
    int error = errno;

    (void)number;
    (void)!write(wake[1], "", 1);
    errno = error;
}

/* Returns 0 at the end, 1 to go on, -1 for a failure. */
static int
copy_some(int fd, int *has_come)
{
    char bytes[8192];
    ssize_t n = read(fd, bytes, sizeof bytes);

    if (n == -1)
        return errno == EAGAIN || errno == EINTR ? 1 : -1;
    if (n == 0)
        return !*has_come;
    *has_come = 1;
    return write_all(STDOUT_FILENO, bytes, (size_t)n) == -1 ? -1 : 1;
}

int
main(int argc, char *argv[])
{
    struct sigaction action = {.sa_handler = handle};
    struct stat status;
    int result = 1;
    int has_come = 0;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    if (pipe(wake) == -1)
        die("pipe");
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    if (lstat(argv[1], &status) == 0 && S_ISFIFO(status.st_mode))
        unlink(argv[1]);
    mode_t old = umask(0177);
    if (mkfifo(argv[1], 0666) == -1)
        die("mkfifo %s", argv[1]);
    chmod(argv[1], 0600);
    umask(old);
    int fd = open(argv[1], O_RDONLY | O_NONBLOCK);
    if (fd == -1 || put_line("ready", 5) == -1) {
        complain("%s", argv[1]);
        unlink(argv[1]);
        return 1;
    }
    while (result == 1) {
        fd_set set;
        FD_ZERO(&set);
        FD_SET(fd, &set);
        FD_SET(wake[0], &set);
        int highest = fd > wake[0] ? fd : wake[0];
        if (select(highest + 1, &set, NULL, NULL, NULL) == -1)
            continue;
        has_come |= FD_ISSET(fd, &set);
        result = FD_ISSET(wake[0], &set) ? 0 : copy_some(fd, &has_come);
    }
    if (result == -1)
        complain("copy");
    unlink(argv[1]);
    return result == 0 ? 0 : 1;
}
