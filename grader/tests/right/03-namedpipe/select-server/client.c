/*
 * client.c - lstat() first, small pieces
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"

int
main(int argc, char *argv[])
{
    char bytes[1000];
    struct stat status;
    ssize_t n;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    if (lstat(argv[1], &status) == -1)
        die("%s", argv[1]);
    if (!S_ISFIFO(status.st_mode))
        diex("%s is no FIFO", argv[1]);
    int fd;
    while ((fd = open(argv[1], O_WRONLY)) == -1)
        if (errno != EINTR)
            die("%s", argv[1]);
    while ((n = read(STDIN_FILENO, bytes, sizeof bytes)) > 0)
        for (ssize_t done = 0; done < n;) {
            ssize_t m = write(fd, bytes + done, (size_t)(n - done));
            if (m == -1 && errno != EINTR)
                die("write %s", argv[1]);
            done += m > 0 ? m : 0;
        }
    if (n == -1)
        die("read");
    return 0;
}
