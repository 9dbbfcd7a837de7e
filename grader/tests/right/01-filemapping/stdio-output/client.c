/*
 * client.c - a thread waits for boards, main() prints them with stdio
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static const struct board *board;
static sem_t *full;
static sem_t *empty;
static sem_t announced; /* from the waiting thread to main() */

static void *
wait_for_boards(void *argument)
{
    for (;;) {
        while (sem_wait(full) == -1)
            continue;
        sem_post(&announced);
    }
    return argument;
}

/* Prints one board. Returns 0 at the end. */
static int
print_board(void)
{
    while (sem_wait(&announced) == -1)
        continue;
    uint32_t length = board->length;
    if (length != BOARD_END) {
        if (length > sizeof board->text)
            diex("board with %lu bytes", (unsigned long)length);
        fwrite(board->text, 1, length, stdout);
        if (putchar('\n') == EOF || fflush(stdout) == EOF)
            die("standard output");
    }
    sem_post(empty);
    return length != BOARD_END;
}

static void
open_all(const char *name)
{
    char path[NAME_SIZE];
    struct stat status;
    int fd = open(name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);

    if (fd == -1 || fstat(fd, &status) == -1)
        die("%s", name);
    if (!S_ISREG(status.st_mode) || (size_t)status.st_size < sizeof *board)
        diex("%s: no board", name);
    board = mmap(NULL, sizeof *board, PROT_READ, MAP_SHARED, fd, 0);
    if (board == MAP_FAILED)
        die("mmap %s", name);
    close(fd);
    snprintf(path, sizeof path, FULL_FORMAT, name);
    full = sem_open(path, 0);
    if (full == SEM_FAILED)
        die("%s", path);
    snprintf(path, sizeof path, EMPTY_FORMAT, name);
    empty = sem_open(path, 0);
    if (empty == SEM_FAILED)
        die("%s", path);
}

int
main(int argc, char *argv[])
{
    pthread_t waiter;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    open_all(argv[1]);
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    sem_init(&announced, 0, 0);
    errno = pthread_create(&waiter, NULL, wait_for_boards, NULL);
    if (errno != 0)
        die("pthread_create");
    while (print_board())
        continue;
    return 0;
}
