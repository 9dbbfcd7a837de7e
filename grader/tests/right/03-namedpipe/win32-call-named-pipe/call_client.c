/*
 * call_client.c - opens the pipe anew for each request
 *
 * CallNamedPipe() waits for an instance, opens it, sets the mode, sends the
 * request, takes the reply and closes. Whether there is a server at all is
 * asked first.
 */
#include <stdio.h>
#include <string.h>

#include "lab.h"
#include "protocol.h"

int
main(int argc, char *argv[])
{
    struct request request = {.pid = (int32_t)GetCurrentProcessId()};
    struct reply reply;
    char name[NAME_SIZE];
    char text[TEXT_LIMIT + 16];
    unsigned long line = 1;
    ssize_t length;
    DWORD n;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    snprintf(name, sizeof name, WIN32_PIPE_FORMAT, argv[1]);
    if (!WaitNamedPipe(name, NMPWAIT_WAIT_FOREVER))
        die("WaitNamedPipe %s", name);
    for (; (length = read_line(request.text, TEXT_LIMIT)) >= 0; line++) {
        request.length = (uint32_t)length;
        if (!CallNamedPipe(name, &request, sizeof request, &reply, sizeof reply,
                &n, NMPWAIT_WAIT_FOREVER))
            die("CallNamedPipe %s", name);
        if (n != sizeof reply || reply.length > TEXT_LIMIT)
            diex("nonsense of %lu bytes", n);
        int used =
            snprintf(text, sizeof text, "%lu: ", (unsigned long)reply.serial);
        memcpy(text + used, reply.text, reply.length);
        if (put_line(text, (size_t)used + reply.length) == -1)
            die("write");
    }
    if (length == LINE_TOO_LONG)
        diex("line %lu is longer than %d bytes", line, TEXT_LIMIT);
    if (length == LINE_ERROR)
        die("read");
    return 0;
}
