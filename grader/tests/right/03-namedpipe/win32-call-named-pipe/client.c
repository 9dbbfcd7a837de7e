/*
 * client.c - waits first and opens later; reads and writes for itself
 */
#include <stdio.h>

#include "lab.h"
#include "protocol.h"

int
main(int argc, char *argv[])
{
    char bytes[3000];
    char name[NAME_SIZE];
    HANDLE pipe;
    DWORD n;
    DWORD written;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    snprintf(name, sizeof name, WIN32_PIPE_FORMAT, argv[1]);
    do {
        if (!WaitNamedPipe(name, NMPWAIT_WAIT_FOREVER))
            die("WaitNamedPipe %s", name);
        pipe = CreateFile(name, GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    } while (pipe == INVALID_HANDLE_VALUE && GetLastError() == ERROR_PIPE_BUSY);
    if (pipe == INVALID_HANDLE_VALUE)
        die("CreateFile %s", name);
    for (;;) {
        HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
        if (!ReadFile(input, bytes, sizeof bytes, &n, NULL)) {
            if (GetLastError() == ERROR_BROKEN_PIPE)
                break;
            die("read standard input");
        }
        if (n == 0)
            break;
        if (!WriteFile(pipe, bytes, n, &written, NULL))
            die("WriteFile %s", name);
    }
    CloseHandle(pipe);
    return 0;
}
