/*
 * server.c - semaphores first, then the file; more of it mapped than is used
 */
#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

enum {
    PAGES = 4 * 4096
};

static char full_name[NAME_SIZE];
static char empty_name[NAME_SIZE];

static sem_t *
create_semaphore(const char *name, unsigned int value)
{
    sem_t *semaphore = sem_open(name, O_CREAT | O_EXCL, 0600, value);

    if (semaphore == SEM_FAILED && errno == EEXIST) {
        sem_unlink(name);
        semaphore = sem_open(name, O_CREAT | O_EXCL, 0600, value);
    }
    return semaphore;
}

static void
clean_up(void)
{
    sem_unlink(full_name);
    sem_unlink(empty_name);
}

/* A new file, or what a crashed run has left. Returns -1 for neither. */
static int
open_file(const char *name)
{
    static const struct board nothing;
    struct stat status;
    int fd = open(name, O_RDWR | O_CREAT | O_EXCL, 0600);

    if (fd != -1)
        return write_all(fd, &nothing, sizeof nothing) == -1 ? -1 : fd;
    if (errno != EEXIST)
        return -1;
    fd = open(name, O_RDWR | O_NONBLOCK);
    if (fd == -1 || fstat(fd, &status) == -1)
        return -1;
    errno = EINVAL;
    if (!S_ISREG(status.st_mode) || ftruncate(fd, 0) == -1 ||
        ftruncate(fd, sizeof nothing) == -1)
        return -1;
    return fd;
}

/* Returns what read_line() returned last. */
static ssize_t
publish_all(
    struct board *board, sem_t *full, sem_t *empty, unsigned long *lines)
{
    ssize_t length;

    board->serial = 0;
    do {
        /* The line is read straight into the board, once it is ours. */
        while (sem_wait(empty) == -1)
            continue;
        length = read_line(board->text, TEXT_LIMIT);
        board->length = length < 0 ? BOARD_END : (uint32_t)length;
        board->serial = (uint32_t)++ * lines;
        if (msync(board, PAGES, MS_SYNC) == -1) {
            complain("flush the board");
            clean_up();
            exit(1);
        }
        sem_post(full);
    } while (length >= 0);
    while (sem_wait(empty) == -1)
        continue;
    return length;
}

int
main(int argc, char *argv[])
{
    unsigned long lines = 0;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    umask(0);
    snprintf(full_name, sizeof full_name, FULL_FORMAT, argv[1]);
    snprintf(empty_name, sizeof empty_name, EMPTY_FORMAT, argv[1]);
    sem_t *full = create_semaphore(full_name, 0);
    sem_t *empty = create_semaphore(empty_name, 1);
    int fd = open_file(argv[1]);
    struct board *board =
        fd == -1 ? MAP_FAILED
                 : mmap(NULL, PAGES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (full == SEM_FAILED || empty == SEM_FAILED || board == MAP_FAILED ||
        put_line("ready", 5) == -1) {
        complain("%s", argv[1]);
        clean_up();
        return 1;
    }
    ssize_t length = publish_all(board, full, empty, &lines);
    munmap(board, PAGES);
    close(fd);
    clean_up();
    if (length == LINE_TOO_LONG)
        diex("line %lu is longer than %d bytes", lines, TEXT_LIMIT);
    if (length == LINE_ERROR)
        diex("standard input cannot be read");
    return 0;
}
