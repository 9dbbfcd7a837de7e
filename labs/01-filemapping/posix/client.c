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
}

static void
map_board(void)
{
    /* TASK 2: open the existing file for reading (with O_NONBLOCK: a FIFO in
     * its place would make open() wait). Refuse what is not a regular file,
     * or too short for a board. */

    /* TASK 3: map the file, shared, for reading only, and close it: the
     * mapping stays. */
}

/* Prints what is on the board and gives it back.
 * Returns its length; BOARD_END is the last one. */
static uint32_t
take_board(void)
{
    uint32_t length = BOARD_END;

    /* TASK 4: wait until the board is full, again after EINTR. Unless its
     * length says the end: refuse a length that cannot be, print the text. */

    /* TASK 5: say that the board is empty again, after the end as well. */
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
    return 0;
}
