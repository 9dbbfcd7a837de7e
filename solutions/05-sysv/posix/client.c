/*
 * client.c - sends each line to the server's queue and prints the reply
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static struct {
    const char *name; /* of the key file */
    int queue;
    struct reply reply;
} client = {.queue = -1};

static void
open_queue(void)
{
    /* TASK 1: make the key from the server's file, and open its queue. If
     * either is missing there is no server: say so, and create nothing. */
    key_t key = ftok(client.name, KEY_LETTER);

    if (key == -1)
        die("ftok %s", client.name);
    client.queue = msgget(key, 0);
    if (client.queue == -1)
        die("msgget for %s", client.name);
    /* END 1 */
}

static void
send_message(long type, const char *text, size_t length)
{
    struct request request = {.type = type, .pid = (int32_t)getpid()};

    memcpy(request.text, text, length);
    /* TASK 2: send the message; its size leaves out the type. msgsnd() waits
     * while the queue is full; EINTR: again. */
    while (msgsnd(client.queue, &request, MESSAGE_HEAD + length, 0) == -1)
        if (errno != EINTR)
            die("msgsnd for %s", client.name);
    /* END 2 */
}

/* Waits for our reply. Returns its size. */
static ssize_t
take_reply(void)
{
    ssize_t size = -1;

    /* TASK 3: take the message that is for us, and nobody else's; EINTR:
     * again. */
    do
        size = msgrcv(client.queue, &client.reply, MESSAGE_HEAD + TEXT_LIMIT,
            (long)REPLY + getpid(), 0);
    while (size == -1 && errno == EINTR);
    if (size == -1)
        die("msgrcv for %s", client.name);
    /* END 3 */
    return size;
}

static void
print_reply(ssize_t size)
{
    char line[TEXT_LIMIT + 16];
    int n;

    /* Given: too short for a serial. */
    if (size < MESSAGE_HEAD)
        diex("a reply of %zd bytes makes no sense", size);
    /* Given: "SERIAL: TEXT". */
    n = snprintf(
        line, sizeof line, "%lu: ", (unsigned long)client.reply.serial);
    memcpy(line + n, client.reply.text, (size_t)size - MESSAGE_HEAD);
    if (put_line(line, (size_t)n + (size_t)size - MESSAGE_HEAD) == -1)
        die("write");
}

int
main(int argc, char *argv[])
{
    char line[TEXT_LIMIT];
    unsigned long lines = 1;
    ssize_t length;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    client.name = argv[1];
    open_queue();
    for (; (length = read_line(line, sizeof line)) >= 0; lines++) {
        send_message(REQUEST, line, (size_t)length);
        print_reply(take_reply());
    }
    if (length == LINE_ERROR)
        complain("read standard input");

    /* TASK 4: say goodbye, after a line that is too long as well. */
    send_message(GOODBYE, "", 0);
    /* END 4 */
    /* Given: the input may have ended early. */
    if (length == LINE_TOO_LONG)
        diex("line %lu is longer than %d bytes", lines, TEXT_LIMIT);
    return length == LINE_END ? 0 : 1;
}
