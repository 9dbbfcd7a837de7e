/*
 * miniature.c - adds up amounts that any number of processes pay into a till
 *
 * usage: miniature NAME              opens the till and waits for payers
 *        miniature NAME AMOUNT...    pays into it
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"

static const char *till; /* the FIFO's name, once it is ours to remove */

static void
remove_till(void)
{
    if (till != NULL)
        unlink(till);
}

static void
collect(const char *name)
{
    unsigned long long total = 0;
    unsigned long count = 0;
    int32_t amount;
    int fd;

    clean_up_at_end(remove_till);
    /* A new name in the folder. The pipe comes with the first open(). */
    if (mkfifo(name, 0600) == -1)
        die("mkfifo %s", name);
    till = name;
    /* This waits until the first payer comes. */
    fd = open(name, O_RDONLY);
    if (fd == -1)
        die("open %s", name);
    /* The end comes when the last payer has closed the pipe. */
    while (read_all(fd, &amount, sizeof amount) == (ssize_t)sizeof amount) {
        total += (unsigned long long)amount;
        count++;
    }
    close(fd);
    printf("%lu amounts, %llu in all\n", count, total);
    if (fflush(stdout) == EOF)
        die("write");
}

static void
pay(const char *name, int count, char *texts[])
{
    struct stat status;
    int fd = open(name, O_WRONLY | O_NONBLOCK); /* do not wait for a reader */

    if (fd == -1 && errno == ENXIO)
        diex("nobody is at %s", name);
    if (fd == -1 || fstat(fd, &status) == -1)
        die("open %s", name);
    /* open() opens any file. Do not pay into somebody's text. */
    if (!S_ISFIFO(status.st_mode))
        diex("%s is not a named pipe", name);
    /* Waiting is right from here on: write() may find the pipe full. */
    if (fcntl(fd, F_SETFL, 0) == -1)
        die("fcntl %s", name);
    for (int i = 0; i < count; i++) {
        int32_t amount = parse_count("AMOUNT", texts[i]);

        /* An amount in one write(): other payers' bytes stay out of it. */
        if (write_all(fd, &amount, sizeof amount) == -1)
            die("pay into %s", name);
    }
    close(fd);
}

int
main(int argc, char *argv[])
{
    lab_start(argv[0]);
    if (argc < 2)
        usage("NAME [AMOUNT...]");
    check_name(argv[1]);
    if (argc == 2)
        collect(argv[1]);
    else
        pay(argv[1], argc - 2, argv + 2);
    return 0;
}
