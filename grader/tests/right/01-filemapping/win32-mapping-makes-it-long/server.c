/*
 * server.c - stores lines of text on a board that another process reads
 *
 * The board is a file mapped into memory: who maps the same file sees what is
 * stored there. Two semaphores take turns: the server writes only when the
 * board is empty, the client reads only when it is full.
 */
#include <stdio.h>
#include <string.h>

#include "lab.h"
#include "protocol.h"

static struct {
    const char *name; /* of the file */
    HANDLE mapping;
    struct board *board;
    HANDLE full;
    HANDLE empty;
    char board_name[NAME_SIZE]; /* of the mapping */
    char full_name[NAME_SIZE];
    char empty_name[NAME_SIZE];
} server;

static void
map_board(void)
{
    /* TASK 1: open the file for reading and writing; create it if it does not
     * exist. Make it exactly one board long (which also fails for what is not
     * a regular file). */
    HANDLE file = CreateFile(server.name, GENERIC_READ | GENERIC_WRITE,
        FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_ALWAYS,
        FILE_ATTRIBUTE_NORMAL, NULL);

    if (file == INVALID_HANDLE_VALUE)
        die("CreateFile %s", server.name);
    LARGE_INTEGER size;
    if (!GetFileSizeEx(file, &size))
        die("GetFileSizeEx %s", server.name);
    if (size.QuadPart > (LONGLONG)sizeof *server.board &&
        (SetFilePointer(file, sizeof *server.board, NULL, FILE_BEGIN) ==
                INVALID_SET_FILE_POINTER ||
            !SetEndOfFile(file)))
        die("SetEndOfFile %s", server.name);
    /* END 1 */

    /* TASK 2: create the mapping object, for reading and writing. If there is
     * one already (ERROR_ALREADY_EXISTS), the name is in use: say so. Map a
     * view of it, and close the file: the mapping stays. The serial is 0 at
     * first. */
    server.mapping = CreateFileMapping(
        file, NULL, PAGE_READWRITE, 0, sizeof *server.board, server.board_name);
    if (server.mapping == NULL || GetLastError() == ERROR_ALREADY_EXISTS)
        die("CreateFileMapping %s", server.board_name);
    server.board = MapViewOfFile(server.mapping, FILE_MAP_READ | FILE_MAP_WRITE,
        0, 0, sizeof *server.board);
    if (server.board == NULL)
        die("MapViewOfFile %s", server.board_name);
    CloseHandle(file);
    server.board->serial = 0;
    /* END 2 */
}

static void
close_semaphores(void)
{
    /* TASK 3: close both semaphores: a name goes with its last handle. */
    CloseHandle(server.full);
    CloseHandle(server.empty);
    /* END 3 */
}

static void
create_semaphores(void)
{
    /* TASK 4: create new semaphores: full counts 0 at first, empty counts 1.
     * One that exists already (ERROR_ALREADY_EXISTS) is somebody else's. Then
     * print the line "ready". */
    server.full = CreateSemaphore(NULL, 0, 1, server.full_name);
    if (server.full == NULL || GetLastError() == ERROR_ALREADY_EXISTS)
        die("CreateSemaphore %s", server.full_name);
    server.empty = CreateSemaphore(NULL, 1, 1, server.empty_name);
    if (server.empty == NULL || GetLastError() == ERROR_ALREADY_EXISTS)
        die("CreateSemaphore %s", server.empty_name);
    if (put_line("ready", strlen("ready")) == -1)
        die("write ready");
    /* END 4 */
}

static void
wait_empty(void)
{
    /* TASK 5: wait until the board is empty. */
    if (WaitForSingleObject(server.empty, INFINITE) != WAIT_OBJECT_0)
        die("WaitForSingleObject %s", server.empty_name);
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
     * and the next serial; write the view to the file with FlushViewOfFile();
     * tell the client that the board is full. */
    if (length >= 0)
        memcpy(server.board->text, line, (size_t)length);
    server.board->length = length >= 0 ? (uint32_t)length : BOARD_END;
    server.board->serial++;
    if (!FlushViewOfFile(server.board, sizeof *server.board))
        die("FlushViewOfFile %s", server.board_name);
    if (!ReleaseSemaphore(server.full, 1, NULL))
        die("ReleaseSemaphore %s", server.full_name);
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
    snprintf(server.board_name, NAME_SIZE, WIN32_BOARD_FORMAT, server.name);
    snprintf(server.full_name, NAME_SIZE, WIN32_FULL_FORMAT, server.name);
    snprintf(server.empty_name, NAME_SIZE, WIN32_EMPTY_FORMAT, server.name);
    map_board();
    create_semaphores();
    do {
        length = publish_line();
        lines++;
    } while (length >= 0);
    wait_empty(); /* the client has taken the end, too */

    /* TASK 7: unmap the board, and close the mapping. */
    if (!UnmapViewOfFile(server.board))
        die("UnmapViewOfFile %s", server.board_name);
    CloseHandle(server.mapping);
    /* END 7 */
    /* Given: the end; the input may have ended early. */
    close_semaphores();
    if (length == LINE_TOO_LONG)
        diex("line %lu is longer than %d bytes", lines, TEXT_LIMIT);
    if (length == LINE_ERROR)
        die("read standard input");
    return 0;
}
