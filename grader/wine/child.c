/*
 * child.c - a Windows program that a parent starts, for the grader
 *
 * What it does is its first argument. All but "look" and "say" read a line
 * before anything else, so that it can be looked at while it waits.
 *
 *     cat            the line, then the rest of its input
 *     head N         prints N lines, the first of them included, and ends
 *     deaf N         closes its input, then prints N bytes 'x'
 *     first N        prints N bytes 'x' before it reads on; then as cat
 *     flood          prints as long as it can
 *     quiet N        closes its output, reads its input to the end; status N
 *     exit N         ends with status N
 *     crash          stores where it may not
 *     grandchild N   starts another child (cat), which gets all of its streams;
 *                    ends with status N
 *     say WORD...    prints "[WORD]" for each argument
 *     look           tells how many ends of pipes it has beside its standard
 *                    streams, and then behaves as cat
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
static char *line;
static size_t size;
static ssize_t length;

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

static void
print_line(void)
{
    if (length > 0)
        print(line, (size_t)length);
}

/* What read_line() has read ahead is no matter: lines, too, go through it. */
static int
copy_lines(void)
{
    while (length > 0) {
        print_line();
        length = get_line(&line, &size);
    }
    return length == LINE_ERROR;
}

static void
print_bytes(void)
{
    static char block[BLOCK];
    int left;

    memset(block, 'x', sizeof block);
    for (left = number; left > BLOCK; left -= BLOCK)
        print(block, BLOCK);
    print(block, (size_t)left);
}

static int
head(void)
{
    for (int i = 0; i < number; i++) {
        print_line();
        if (i + 1 < number)
            length = get_line(&line, &size);
    }
    return 0;
}

static int
deaf(void)
{
    print_line();
    CloseHandle(input());
    print_bytes();
    return 0;
}

static int
first(void)
{
    print_bytes();
    return copy_lines();
}

static int
flood(void)
{
    while (write_all(output(), "flood\n", 6) == 0)
        continue;
    return 1;
}

static int
quiet(void)
{
    CloseHandle(output());
    while (length > 0)
        length = get_line(&line, &size);
    return number;
}

static int
end(void)
{
    return number;
}

static int
crash(void)
{
    volatile char *nowhere = NULL;

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

    if (!CreateProcess(
            NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process))
        die("CreateProcess");
    return number;
}

static int
say(void)
{
    for (; *words != NULL; words++)
        printf("[%s]", *words);
    return fflush(stdout) == EOF;
}

/* GetNamedPipeInfo() fails for what Wine has from Unix. */
static int
look(void)
{
    int ends = 0;

    for (UINT_PTR i = 4; i < HANDLES; i += 4) {
        HANDLE handle = (HANDLE)i;
        if (handle != input() && handle != output() &&
            handle != GetStdHandle(STD_ERROR_HANDLE) &&
            GetFileType(handle) == FILE_TYPE_PIPE &&
            GetNamedPipeInfo(handle, NULL, NULL, NULL, NULL))
            ends++;
    }
    printf("%d\n", ends);
    if (fflush(stdout) == EOF)
        return 1;
    length = get_line(&line, &size);
    return copy_lines();
}

static const struct {
    const char *word;
    int (*act)(void);
    int is_first; /* no line is read before it */
} acts[] = {
    {"cat", copy_lines, 0},
    {"head", head, 0},
    {"deaf", deaf, 0},
    {"first", first, 0},
    {"flood", flood, 0},
    {"quiet", quiet, 0},
    {"exit", end, 0},
    {"crash", crash, 0},
    {"grandchild", grandchild, 0},
    {"say", say, 1},
    {"look", look, 1},
};

int
main(int argc, char *argv[])
{
    lab_start(argv[0]);
    if (argc < 2)
        usage("WORD [N]");
    words = argv + 2;
    number = argc > 2 ? atoi(argv[2]) : 0;
    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
        if (strcmp(acts[i].word, argv[1]) != 0)
            continue;
        if (!acts[i].is_first)
            length = get_line(&line, &size);
        return acts[i].act();
    }
    diex("%s is no word of mine", argv[1]);
}
