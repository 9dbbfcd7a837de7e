/*
 * client.c - sends each line of its input as one message to a mailslot
 */
#include <stdio.h>

#include "lab.h"
#include "protocol.h"

static struct {
    char name[WIN32_NAME_SIZE]; /* of the slot */
    HANDLE slot;                /* the writing end */
    char line[TEXT_LIMIT];
    ssize_t length; /* of the line, or what else read_line() returns */
} client = {.slot = INVALID_HANDLE_VALUE};

static void
open_slot(void)
{
    /* TASK 1: open the slot, which must exist, for writing; others may write
     * to it at the same time, and its owner reads. A slot that does not exist
     * shows here, before the first line. */
    client.slot = CreateFile(client.name, GENERIC_WRITE,
        FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING,
        FILE_ATTRIBUTE_NORMAL, NULL);
    if (client.slot == INVALID_HANDLE_VALUE)
        die("CreateFile %s", client.name);
    /* END 1 */
}

static void
send_message(void)
{
    /* TASK 2: send the text as one message, of no bytes if the line is empty.
     * WriteFile() fails if the slot takes only shorter ones. */
    DWORD n;

    if (!WriteFile(client.slot, client.line, (DWORD)client.length, &n, NULL))
        die("send to %s", client.name);
    /* END 2 */
}

int
main(int argc, char *argv[])
{
    unsigned long lines = 1;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    snprintf(client.name, WIN32_NAME_SIZE, WIN32_SLOT_FORMAT, argv[1]);
    open_slot();
    for (;; lines++) {
        client.length = read_line(client.line, TEXT_LIMIT);
        if (client.length < 0)
            break;
        send_message();
    }
    CloseHandle(client.slot);
    /* Given: the input may have ended early. */
    if (client.length == LINE_TOO_LONG)
        diex("line %lu is longer than %d bytes", lines, TEXT_LIMIT);
    if (client.length == LINE_ERROR)
        die("read standard input");
    return 0;
}
