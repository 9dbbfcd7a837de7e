/*
 * client.c - file first, then the semaphores; gives the board back and prints
 */
#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static const struct board *
map_board(const char *name)
{
    struct stat status;

    if (lstat(name, &status) == -1)
        die("%s", name);
    if (!S_ISREG(status.st_mode) ||
        status.st_size < (off_t)sizeof(struct board))
        diex("%s is no board", name);
    int fd = open(name, O_RDONLY);
    if (fd == -1)
        die("%s", name);
    const struct board *board =
        mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_SHARED, fd, 0);
    if (board == MAP_FAILED)
        die("mmap %s", name);
    return board; /* the descriptor stays open until the end */
}

static sem_t *
open_semaphore(const char *format, const char *name)
{
    char path[NAME_SIZE];

    snprintf(path, sizeof path, "/%s.%s", name, format);
    sem_t *semaphore = sem_open(path, 0);
    if (semaphore == SEM_FAILED)
        die("%s", path);
    return semaphore;
}

int
main(int argc, char *argv[])
{
    static struct board copy;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    const struct board *board = map_board(argv[1]);
    sem_t *full = open_semaphore("full", argv[1]);
    sem_t *empty = open_semaphore("empty", argv[1]);
    for (;;) {
        while (sem_wait(full) == -1)
            continue;
        memcpy(&copy, board, sizeof copy);
        if (copy.length != BOARD_END && copy.length > TEXT_LIMIT)
            diex("length %lu", (unsigned long)copy.length);
        sem_post(empty);
        if (copy.length == BOARD_END)
            return 0;
        struct iovec parts[2] = {{copy.text, copy.length}, {"\n", 1}};
        if (writev(STDOUT_FILENO, parts, 2) != (ssize_t)copy.length + 1)
            die("write");
    }
}
