/*
 * server.c - stores lines of text on a board that another process reads
 *
 * The board is a file mapped into memory: who maps the same file sees what is
 * stored there. Two semaphores take turns: the server writes only when the
 * board is empty, the client reads only when it is full.
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

static struct {
    const char *name; /* of the file */
    struct board *board;
    sem_t *full;
    sem_t *empty;
    char full_name[NAME_SIZE];
    char empty_name[NAME_SIZE];
} server;

static void
map_board(void)
{
    /* TASK 1: open the file for reading and writing; create it, with mode
     * 0600 whatever the umask, if it does not exist. Make it exactly one
     * board long (which also fails for what is not a regular file). */
    int fd;

    umask(0);
    fd = open(server.name, O_RDWR | O_CREAT, 0600);
    if (fd == -1)
        die("open %s", server.name);
    if (ftruncate(fd, sizeof *server.board) == -1)
        die("ftruncate %s", server.name);
    /* END 1 */

    /* TASK 2: map the file, shared, for reading and writing, and close it:
     * the mapping stays. The serial is 0 at first. */
    server.board = mmap(
        NULL, sizeof *server.board, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (server.board == MAP_FAILED)
        die("mmap %s", server.name);
    close(fd);
    server.board->serial = 0;
    /* END 2 */
}

static void
remove_semaphores(void)
{
    /* TASK 3: remove the names of both semaphores. */
    sem_unlink(server.full_name);
    sem_unlink(server.empty_name);
    /* END 3 */
}

static void
create_semaphores(void)
{
    remove_semaphores();       /* a crashed run may have left them */
    atexit(remove_semaphores); /* exit() removes ours, whatever the reason */
    /* TASK 4: create new semaphores with mode 0600: full counts 0 at first,
     * empty counts 1. Then print the line "ready". */
    server.full = sem_open(server.full_name, O_CREAT | O_EXCL, 0600, 0);
    if (server.full == SEM_FAILED)
        die("sem_open %s", server.full_name);
    server.empty = sem_open(server.empty_name, O_CREAT | O_EXCL, 0600, 1);
    if (server.empty == SEM_FAILED)
        die("sem_open %s", server.empty_name);
    if (put_line("ready", strlen("ready")) == -1)
        die("write ready");
    /* END 4 */
}

static void
wait_empty(void)
{
    /* TASK 5: wait until the board is empty, again after EINTR. */
    while (sem_wait(server.empty) == -1)
        if (errno != EINTR)
            die("sem_wait %s", server.empty_name);
    /* END 5 */
}

/* Puts the next line of the input on the board, or the end of the input.
 * Returns what read_line() does. */
static ssize_t
publish_line(void)
{
    static char line[TEXT_LIMIT];
    ssize_t length = read_line(line, sizeof line);

    wait_empty();
    /* TASK 6: store the text and its length (BOARD_END if length is negative)
     * and the next serial; write the mapping to the file with msync(); tell
     * the client that the board is full. */
    if (length >= 0)
        memcpy(server.board->text, line, (size_t)length);
    server.board->length = length >= 0 ? (uint32_t)length : BOARD_END;
    server.board->serial++;
    if (msync(server.board, sizeof *server.board, MS_SYNC) == -1)
        die("msync %s", server.name);
    if (sem_post(server.full) == -1)
        die("sem_post %s", server.full_name);
    /* END 6 */
    return length;
}

int
main(int argc, char *argv[])
{
    unsigned long lines = 0;
    ssize_t length;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    server.name = argv[1];
    snprintf(server.full_name, NAME_SIZE, FULL_FORMAT, server.name);
    snprintf(server.empty_name, NAME_SIZE, EMPTY_FORMAT, server.name);
    map_board();
    create_semaphores();
    do {
        length = publish_line();
        lines++;
    } while (length >= 0);
    wait_empty(); /* the client has taken the end, too */

    /* TASK 7: unmap the board. */
    if (munmap(server.board, sizeof *server.board) == -1)
        die("munmap %s", server.name);
    /* END 7 */
    /* Given: the input may have ended early. */
    if (length == LINE_TOO_LONG)
        diex("line %lu is longer than %d bytes", lines, TEXT_LIMIT);
    if (length == LINE_ERROR)
        die("read standard input");
    return 0;
}
