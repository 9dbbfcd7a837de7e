/*
 * client.c - prints the lines that the server stores on the board
 *
 * It prints with printf() to a text stream: each line ends with "\r\n". That is
 * accepted, and told.
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
    client.full = OpenSemaphore(SYNCHRONIZE, FALSE, client.full_name);
    if (client.full == NULL)
        die("OpenSemaphore %s", client.full_name);
    client.empty =
        OpenSemaphore(SEMAPHORE_MODIFY_STATE, FALSE, client.empty_name);
    if (client.empty == NULL)
        die("OpenSemaphore %s", client.empty_name);
    /* END 1 */
}

static void
map_board(void)
{
    /* TASK 2: open the existing mapping object for reading. */
    client.mapping = OpenFileMapping(FILE_MAP_READ, FALSE, client.board_name);
    if (client.mapping == NULL)
        die("OpenFileMapping %s", client.board_name);
    /* END 2 */

    /* TASK 3: map a view of it, for reading only. A mapping too short for a
     * board is refused. */
    client.board = MapViewOfFile(
        client.mapping, FILE_MAP_READ, 0, 0, sizeof *client.board);
    if (client.board == NULL)
        die("MapViewOfFile %s", client.board_name);
    /* END 3 */
}

/* Prints what is on the board and gives it back.
 * Returns its length; BOARD_END is the last one. */
static uint32_t
take_board(void)
{
    uint32_t length = BOARD_END;

    /* TASK 4: wait until the board is full. Unless its length says the end:
     * refuse a length that cannot be, print the text. */
    if (WaitForSingleObject(client.full, INFINITE) != WAIT_OBJECT_0)
        die("WaitForSingleObject %s", client.full_name);
    length = client.board->length;
    if (length != BOARD_END && length > TEXT_LIMIT)
        diex("a board of %lu bytes makes no sense", (unsigned long)length);
    if (length != BOARD_END &&
        (fwrite(client.board->text, 1, length, stdout) != length ||
            fputs("\r\n", stdout) == EOF || fflush(stdout) == EOF))
        die("write");
    /* END 4 */

    /* TASK 5: say that the board is empty again, after the end as well. */
    if (!ReleaseSemaphore(client.empty, 1, NULL))
        die("ReleaseSemaphore %s", client.empty_name);
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
    snprintf(client.board_name, NAME_SIZE, WIN32_BOARD_FORMAT, argv[1]);
    snprintf(client.full_name, NAME_SIZE, WIN32_FULL_FORMAT, argv[1]);
    snprintf(client.empty_name, NAME_SIZE, WIN32_EMPTY_FORMAT, argv[1]);
    open_semaphores();
    map_board();
    while (take_board() != BOARD_END)
        continue;

    /* TASK 6: unmap the board, and close all that was opened. */
    if (!UnmapViewOfFile(client.board))
        die("UnmapViewOfFile %s", client.board_name);
    CloseHandle(client.mapping);
    CloseHandle(client.full);
    CloseHandle(client.empty);
    /* END 6 */
    return 0;
}
