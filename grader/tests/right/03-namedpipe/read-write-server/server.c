/*
 * server.c - stdio and getc(); the mode is mended after mkfifo()
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"

static const char *name;
static int is_made;

static void
clean_up(void)
{
    if (is_made)
        remove(name);
}

int
main(int argc, char *argv[])
{
    char block[1000];
    struct stat status;
    ssize_t n;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    name = argv[1];
    check_name(name);
    clean_up_at_end(clean_up);
    if (stat(name, &status) == 0 && S_ISFIFO(status.st_mode))
        remove(name);
    if (mkfifo(name, S_IRUSR | S_IWUSR) == -1)
        die("cannot make %s", name);
    is_made = 1;
    if (chmod(name, S_IRUSR | S_IWUSR) == -1)
        die("chmod %s", name);
    puts("ready");
    if (fflush(stdout) == EOF)
        die("stdout");
    FILE *fifo;
    while ((fifo = fopen(name, "r")) == NULL)
        if (errno != EINTR)
            die("fopen %s", name);
    setvbuf(fifo, NULL, _IONBF, 0);
    setvbuf(stdout, NULL, _IONBF, 0);
    while ((n = read(fileno(fifo), block, sizeof block)) != 0) {
        if (n == -1 && errno != EINTR)
            die("read %s", name);
        if (n > 0 && fwrite(block, 1, (size_t)n, stdout) != (size_t)n)
            die("stdout");
    }
    fclose(fifo);
    return 0;
}
