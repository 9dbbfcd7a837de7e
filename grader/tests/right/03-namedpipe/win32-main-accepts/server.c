/*
 * server.c - reads and writes for itself, as much as there is
 */
#include <stdio.h>
#include <string.h>

#include "lab.h"
#include "protocol.h"

int
main(int argc, char *argv[])
{
    static char bytes[5000];
    char name[NAME_SIZE];
    DWORD n;
    HANDLE pipe;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    snprintf(name, sizeof name, WIN32_PIPE_FORMAT, argv[1]);
    pipe = CreateNamedPipe(
        name, PIPE_ACCESS_INBOUND, PIPE_TYPE_BYTE, 1, 4096, 4096, 0, NULL);
    if (pipe == INVALID_HANDLE_VALUE)
        die("CreateNamedPipe %s", name);
    if (puts("ready") == EOF || fflush(stdout) == EOF)
        die("write");
    if (!ConnectNamedPipe(pipe, NULL)) {
        DWORD error = GetLastError();
        if (error != ERROR_PIPE_CONNECTED && error != ERROR_NO_DATA)
            die("ConnectNamedPipe %s", name);
    }
    while (ReadFile(pipe, bytes, sizeof bytes, &n, NULL)) {
        fwrite(bytes, 1, n, stdout);
        if (fflush(stdout) == EOF)
            die("write");
    }
    if (GetLastError() != ERROR_BROKEN_PIPE)
        die("ReadFile %s", name);
    DisconnectNamedPipe(pipe);
    CloseHandle(pipe);
    return 0;
}
