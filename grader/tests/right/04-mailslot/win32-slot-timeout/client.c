/*
 * client.c - lines of its own reading, from the C library; wide names
 */
#include <stdio.h>

#include "lab.h"
#include "protocol.h"

int
main(int argc, char *argv[])
{
    wchar_t name[WIN32_NAME_SIZE];
    char line[TEXT_LIMIT];
    DWORD length = 0;
    DWORD n;
    int lines = 1;
    int c;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    _snwprintf(name, WIN32_NAME_SIZE, L"\\\\.\\MAILSLOT\\%hs", argv[1]);
    HANDLE slot = CreateFileW(name, FILE_WRITE_DATA | SYNCHRONIZE,
        FILE_SHARE_WRITE | FILE_SHARE_READ | FILE_SHARE_DELETE, NULL,
        OPEN_EXISTING, 0, NULL);
    if (slot == INVALID_HANDLE_VALUE)
        die("%ls", name);
    while ((c = getchar()) != EOF) {
        if (c != '\n' && length == TEXT_LIMIT)
            diex("line %d is longer than %d bytes", lines, TEXT_LIMIT);
        if (c != '\n') {
            line[length++] = (char)c;
            continue;
        }
        if (!WriteFile(slot, line, length, &n, NULL) || n != length)
            die("%ls", name);
        length = 0;
        lines++;
    }
    if (ferror(stdin))
        diex("cannot read");
    if (length > 0 && !WriteFile(slot, line, length, &n, NULL))
        die("%ls", name);
    return 0;
}
