/*
 * client.c - prints the lines that the server stores on the board
 *
 * The client only looks: it opens what the server has made, maps the board for
 * reading, and gives every board back as soon as it has printed it.
 */
#include <stdio.h>

#include "lab.h"
#include "protocol.h"

static struct {
    HANDLE mapping;
    const struct board *board;
    char board_name[NAME_SIZE]; /* of the mapping */
    char full_name[NAME_SIZE];
    char empty_name[NAME_SIZE];
    HANDLE full;
    HANDLE empty;
} client;

static void
open_semaphores(void)
{
    /* TASK 1: open both semaphores, one to wait for, the other to release. If
     * there are none, there is no server: say so, and create nothing. */
}

static void
map_board(void)
{
    /* TASK 2: open the existing mapping object for reading. */

    /* TASK 3: map a view of it, for reading only. A mapping too short for a
     * board is refused. */
}

/* Prints what is on the board and gives it back.
 * Returns its length; BOARD_END is the last one. */
static uint32_t
take_board(void)
{
    uint32_t length = BOARD_END;

    /* TASK 4: wait until the board is full. Unless its length says the end:
     * refuse a length that cannot be, print the text. */

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
    snprintf(client.board_name, NAME_SIZE, WIN32_BOARD_FORMAT, argv[1]);
    snprintf(client.full_name, NAME_SIZE, WIN32_FULL_FORMAT, argv[1]);
    snprintf(client.empty_name, NAME_SIZE, WIN32_EMPTY_FORMAT, argv[1]);
    open_semaphores();
    map_board();
    while (take_board() != BOARD_END)
        continue;

    /* TASK 6: unmap the board, and close all that was opened. */
    return 0;
}
