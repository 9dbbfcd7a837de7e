/*
 * client.c - prints the lines that the server stores on the board
 *
 * The client only looks: it opens what the server has made, maps the file for
 * reading, and gives every board back as soon as it has printed it.
 */
#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static struct {
    const char *name; /* of the file */
    const struct board *board;
    char full_name[NAME_SIZE];
    char empty_name[NAME_SIZE];
    sem_t *full;
    sem_t *empty;
} client;

static void
open_semaphores(void)
{
    /* TASK 1: open both semaphores. If there are none, there is no server:
     * say so, and create nothing. */
    client.full = sem_open(client.full_name, 0);
    if (client.full == SEM_FAILED)
        die("sem_open %s", client.full_name);
    client.empty = sem_open(client.empty_name, 0);
    if (client.empty == SEM_FAILED)
        die("sem_open %s", client.empty_name);
    /* END 1 */
}

static void
map_board(void)
{
    /* TASK 2: open the existing file for reading (with O_NONBLOCK: a FIFO in
     * its place would make open() wait). Refuse what is not a regular file,
     * or too short for a board. */
    struct stat status;
    int fd = open(client.name, O_RDONLY | O_NONBLOCK);

    if (fd == -1 || fstat(fd, &status) == -1)
        die("open %s", client.name);
    if (!S_ISREG(status.st_mode))
        diex("%s is not a regular file", client.name);
    if (status.st_size < (off_t)sizeof *client.board)
        diex("%s is too short for a board", client.name);
    /* END 2 */

    /* TASK 3: map the file, shared, for reading only, and close it: the
     * mapping stays. */
    client.board =
        mmap(NULL, sizeof *client.board, PROT_READ, MAP_SHARED, fd, 0);
    if (client.board == MAP_FAILED)
        die("mmap %s", client.name);
    close(fd);
    /* END 3 */
}

/* Prints what is on the board and gives it back.
 * Returns its length; BOARD_END is the last one. */
static uint32_t
take_board(void)
{
    uint32_t length = BOARD_END;

    /* TASK 4: wait until the board is full, again after EINTR. Unless its
     * length says the end: refuse a length that cannot be, print the text. */
    while (sem_wait(client.full) == -1)
        if (errno != EINTR)
            die("sem_wait %s", client.full_name);
    length = client.board->length;
    if (length != BOARD_END && length > TEXT_LIMIT)
        diex("a board of %lu bytes makes no sense", (unsigned long)length);
    if (length != BOARD_END && put_line(client.board->text, length) == -1)
        die("write");
    /* END 4 */

    /* TASK 5: say that the board is empty again, after the end as well. */
    if (sem_post(client.empty) == -1)
        die("sem_post %s", client.empty_name);
    /* END 5 */
    return length;
}

int
main(int argc, char *argv[])
{
    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    client.name = argv[1];
    snprintf(client.full_name, NAME_SIZE, FULL_FORMAT, client.name);
    snprintf(client.empty_name, NAME_SIZE, EMPTY_FORMAT, client.name);
    open_semaphores();
    map_board();
    while (take_board() != BOARD_END)
        continue;

    /* TASK 6: unmap the board. */
    if (munmap((void *)client.board, sizeof *client.board) == -1)
        die("munmap %s", client.name);
    /* END 6 */
    return 0;
}
