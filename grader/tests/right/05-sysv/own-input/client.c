/*
 * client.c - reads with stdio, prints with writev(), and says goodbye with a
 * text that means nothing
 */
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/uio.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static int queue;

static void
send_text(long type, const char *text, size_t length)
{
    struct request *request = calloc(1, sizeof *request);

    if (request == NULL)
        die("calloc");
    request->type = type;
    request->pid = getpid();
    memcpy(request->text, text, length);
    while (msgsnd(queue, request,
               offsetof(struct request, text) - offsetof(struct request, pid) +
                   length,
               0) == -1)
        if (errno != EINTR)
            die("msgsnd");
    free(request);
}

static void
print_reply(void)
{
    struct {
        struct reply reply;
        char more[100];
    } message;
    char number[20];
    ssize_t size;

    while ((size = msgrcv(queue, &message, 300, 3L + getpid(), 0)) == -1)
        if (errno != EINTR)
            die("msgrcv");
    if (size < 4 || size > 260)
        diex("a reply of %zd bytes", size);
    int n = snprintf(number, sizeof number, "%u: ", message.reply.serial);
    struct iovec parts[3] = {
        {number, (size_t)n}, {message.reply.text, (size_t)size - 4}, {"\n", 1}};
    if (writev(STDOUT_FILENO, parts, 3) != n + size - 3)
        die("writev");
}

int
main(int argc, char *argv[])
{
    char line[TEXT_LIMIT];
    size_t length = 0;
    unsigned long lines = 1;
    int byte;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    key_t key = ftok(argv[1], 'L');
    if (key == -1 || (queue = msgget(key, 0600)) == -1)
        die("there is no server %s", argv[1]);
    while ((byte = getchar()) != EOF || length > 0) {
        if (byte != '\n' && byte != EOF && length == TEXT_LIMIT) {
            send_text(GOODBYE, "too long", 8);
            diex("line %lu has more than %d bytes", lines, TEXT_LIMIT);
        }
        if (byte != '\n' && byte != EOF) {
            line[length++] = (char)byte;
            continue;
        }
        send_text(REQUEST, line, length);
        print_reply();
        length = 0;
        lines++;
        if (byte == EOF)
            break;
    }
    send_text(GOODBYE, "bye", 3);
    if (ferror(stdin))
        diex("stdin cannot be read");
    return 0;
}
