/*
 * server.c - the slot itself knows the limit; names of wide characters; stdio
 */
#include <stdio.h>
#include <stdlib.h>

#include "lab.h"
#include "protocol.h"

static void
print(const char *text, DWORD length)
{
    printf("%lu: ", length);
    fwrite(text, 1, length, stdout);
    putchar('\n');
    if (fflush(stdout) == EOF || ferror(stdout))
        diex("cannot print");
}

int
main(int argc, char *argv[])
{
    wchar_t name[WIN32_NAME_SIZE];
    static char text[65536];
    DWORD length;

    lab_start(argv[0]);
    if (argc < 2 || argc > 4)
        usage("NAME [COUNT [TIMEOUT]]");
    check_name(argv[1]);
    int count = argc > 2 ? parse_count("COUNT", argv[2]) : 0;
    int timeout = argc > 3 ? parse_count("TIMEOUT", argv[3]) : 0;
    _snwprintf(name, WIN32_NAME_SIZE, L"\\\\.\\mailslot\\%hs", argv[1]);
    HANDLE slot = CreateMailslotW(
        name, 0, timeout == 0 ? MAILSLOT_WAIT_FOREVER : (DWORD)timeout, NULL);
    if (slot == INVALID_HANDLE_VALUE)
        die("%ls", name);
    if (puts("ready") == EOF || fflush(stdout) == EOF || ferror(stdout))
        diex("cannot print");
    for (int n = 0; count == 0 || n < count;) {
        if (ReadFile(slot, text, sizeof text, &length, NULL)) {
            print(text, length);
            n++;
        } else if (GetLastError() == ERROR_SEM_TIMEOUT) {
            puts("timeout");
            if (fflush(stdout) == EOF || ferror(stdout))
                diex("cannot print");
            break;
        } else if (GetLastError() != ERROR_BROKEN_PIPE) {
            die("%ls", name);
        }
    }
    if (!CloseHandle(slot))
        die("%ls", name);
    return 0;
}
