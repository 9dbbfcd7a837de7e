/*
 * child.c - a Windows program that a parent starts, for the grader
 *
 * What it does is its first argument. Most read a line first, so that they can
 * be looked at while they wait.
 *
 *     cat            copies its input to its output
 *     count          reads all of its input, then prints how many bytes it was
 *     head N         prints N lines and ends
 *     deaf N         prints a line, closes its input, prints N bytes 'x'
 *     first N        reads a line, prints N bytes 'x', then is cat
 *     flood          reads a line, then prints as long as it can
 *     quiet N        reads a line, closes its output, reads on to the end of its
 *                    input; status N
 *     exit N         reads a line; status N
 *     crash          reads a line, and stores where it may not
 *     grandchild N   reads a line, starts another child (cat) that gets all of
 *                    its streams; status N
 *     say WORD...    reads a line, prints "[WORD]" for each argument
 *     look           tells how many ends of pipes it has beside its standard
 *                    streams, then is cat
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lab.h"

enum {
    HANDLES = 0x400, /* a multiple of 4 */
    BLOCK = 4096
};

static int number; /* the second argument */
static char **words;
static char block[BLOCK];

static HANDLE
input(void)
{
    return GetStdHandle(STD_INPUT_HANDLE);
}

static HANDLE
output(void)
{
    return GetStdHandle(STD_OUTPUT_HANDLE);
}

static void
print(const char *text, size_t n)
{
    if (write_all(output(), text, n) == -1)
        die("write");
}

/* A byte at a time: what follows is for others. Returns the length. */
static size_t
take_line(void)
{
    size_t n = 0;

    while (n < BLOCK) {
        ssize_t got = read_all(input(), block + n, 1);
        if (got == -1)
            die("read standard input");
        if (got == 0 || block[n++] == '\n')
            break;
    }
    return n;
}

static int
cat(void)
{
    if (copy_all(input(), output()) == -1)
        die("copy");
    return 0;
}

static void
print_bytes(void)
{
    int left;

    memset(block, 'x', sizeof block);
    for (left = number; left > BLOCK; left -= BLOCK)
        print(block, BLOCK);
    print(block, (size_t)left);
}

static void
print_number(long long n)
{
    print(block, (size_t)snprintf(block, sizeof block, "%lld\n", n));
}

static int
count(void)
{
    long long sum = 0;
    ssize_t n;

    while ((n = read_all(input(), block, sizeof block)) > 0)
        sum += n;
    if (n == -1)
        die("read standard input");
    print_number(sum);
    return 0;
}

static int
head(void)
{
    for (int i = 0; i < number; i++)
        print(block, take_line());
    return 0;
}

static int
deaf(void)
{
    print(block, take_line());
    CloseHandle(input());
    print_bytes();
    return 0;
}

static int
first(void)
{
    take_line();
    print_bytes();
    return cat();
}

static int
flood(void)
{
    take_line();
    while (write_all(output(), "flood\n", 6) == 0)
        continue;
    return 1;
}

static int
quiet(void)
{
    take_line();
    CloseHandle(output());
    while (take_line() > 0)
        continue;
    return number;
}

static int
end(void)
{
    take_line();
    return number;
}

static int
crash(void)
{
    static char *volatile nowhere;

    take_line();
    *nowhere = 1;
    return 0;
}

static int
grandchild(void)
{
    char command[] = "child.exe cat";
    STARTUPINFO startup = {.cb = sizeof startup,
        .dwFlags = STARTF_USESTDHANDLES,
        .hStdInput = input(),
        .hStdOutput = output(),
        .hStdError = GetStdHandle(STD_ERROR_HANDLE)};
    PROCESS_INFORMATION process;

    take_line();
    if (!CreateProcess(
            NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process))
        die("CreateProcess");
    return number;
}

static int
say(void)
{
    size_t n = 0;

    take_line();
    for (; *words != NULL && n < sizeof block; words++)
        n += (size_t)snprintf(block + n, sizeof block - n, "[%s]", *words);
    print(block, n);
    return 0;
}

/* GetNamedPipeInfo() fails for what Wine has from Unix. */
static int
look(void)
{
    int ends = 0;

    for (UINT_PTR i = 4; i < HANDLES; i += 4) {
        HANDLE handle = (HANDLE)i;
        ends += handle != input() && handle != output() &&
                handle != GetStdHandle(STD_ERROR_HANDLE) &&
                GetFileType(handle) == FILE_TYPE_PIPE &&
                GetNamedPipeInfo(handle, NULL, NULL, NULL, NULL);
    }
    print_number(ends);
    return cat();
}

static const struct {
    const char *word;
    int (*act)(void);
} acts[] = {
    {"cat", cat},
    {"count", count},
    {"head", head},
    {"deaf", deaf},
    {"first", first},
    {"flood", flood},
    {"quiet", quiet},
    {"exit", end},
    {"crash", crash},
    {"grandchild", grandchild},
    {"say", say},
    {"look", look},
};

int
main(int argc, char *argv[])
{
    lab_start(argv[0]);
    if (argc < 2)
        usage("WORD [ARG...]");
    if (GetFileType(input()) == FILE_TYPE_UNKNOWN)
        die("read standard input");
    words = argv + 2;
    number = argc > 2 ? atoi(argv[2]) : 0;
    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++)
        if (strcmp(acts[i].word, argv[1]) == 0)
            return acts[i].act();
    diex("%s is no word of mine", argv[1]);
}
