/*
 * lab_win32.c - the end of lab.c on Win32, included there
 */
#include <fcntl.h>
#include <io.h>

enum {
    MESSAGE_LIMIT = 1024 /* bytes on standard error at a time */
};

/* Taken by who brings the end about, and never given back. */
static SRWLOCK end_lock = SRWLOCK_INIT;

void
lab_start(const char *argv0)
{
    static char name[MAX_PATH];
    const char *last = argv0;
    size_t length;

    for (; *argv0 != '\0'; argv0++)
        if (*argv0 == '/' || *argv0 == '\\' || *argv0 == ':')
            last = argv0 + 1;
    length = strlen(last);
    if (length > 4 && _stricmp(last + length - 4, ".exe") == 0)
        length -= 4;
    snprintf(name, sizeof name, "%.*s", (int)length, last);
    program = name;
    /* printf() would write "\r\n", getchar() read '\n' where that stands. */
    _setmode(_fileno(stdin), _O_BINARY);
    _setmode(_fileno(stdout), _O_BINARY);
}

static int
last_error(void)
{
    return (int)GetLastError();
}

static void
set_last_error(int error)
{
    SetLastError((DWORD)error);
}

/* Puts the system's message there, on one line and without a full stop, or
 * the number of the error if it has none. */
static void
explain(int error, char *text, size_t size)
{
    DWORD length = FormatMessage(
        FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS |
            FORMAT_MESSAGE_MAX_WIDTH_MASK, /* no ends of line */
        NULL, (DWORD)error, 0, text, (DWORD)size, NULL);

    while (length > 0 && strchr(" \r\n.", text[length - 1]) != NULL)
        length--;
    text[length] = '\0';
    if (length == 0)
        snprintf(text, size, "error %d", error);
}

/* One WriteFile(), so that the lines of several threads and programs that
 * share standard error stay whole. */
static void
say(const char *who, int error, const char *format, va_list arguments)
{
    char message[MESSAGE_LIMIT];
    char reason[MESSAGE_LIMIT] = "";
    char line[3 * MESSAGE_LIMIT];
    int length;

    vsnprintf(message, sizeof message, format, arguments);
    if (error != 0)
        explain(error, reason, sizeof reason);
    length = snprintf(line, sizeof line, "%s: %s%s%s\n", who, message,
        error != 0 ? ": " : "", reason);
    write_all(GetStdHandle(STD_ERROR_HANDLE), line, (size_t)length);
}

static void
begin_end(void)
{
    AcquireSRWLockExclusive(&end_lock);
}

static lab_file
standard_input(void)
{
    return GetStdHandle(STD_INPUT_HANDLE);
}

static lab_file
standard_output(void)
{
    return GetStdHandle(STD_OUTPUT_HANDLE);
}

/* What one call is asked for at most. */
static DWORD
portion(size_t size)
{
    return size < COPY_BLOCK ? (DWORD)size : COPY_BLOCK;
}

static ssize_t
read_some(lab_file file, void *data, size_t size)
{
    DWORD n;

    if (ReadFile(file, data, portion(size), &n, NULL))
        return (ssize_t)n;
    return GetLastError() == ERROR_BROKEN_PIPE ? 0 : -1;
}

static ssize_t
write_some(lab_file file, const void *data, size_t size)
{
    DWORD n;

    return WriteFile(file, data, portion(size), &n, NULL) ? (ssize_t)n : -1;
}

ssize_t
get_line(char **line, size_t *size)
{
    size_t length = 0;

    do {
        if (next == end) {
            ssize_t n = refill();
            if (n == -1)
                return LINE_ERROR;
            if (n == 0)
                return length > 0 ? (ssize_t)length : LINE_END;
        }
        if (length == *size) {
            size_t larger = *size == 0 ? BLOCK : 2 * *size;
            char *text = realloc(*line, larger);
            if (text == NULL)
                diex(
                    "no memory for a line of %lu bytes", (unsigned long)larger);
            *line = text;
            *size = larger;
        }
        (*line)[length++] = block[next++];
    } while ((*line)[length - 1] != '\n');
    return (ssize_t)length;
}

/* Writes the argument in quotes at to; returns where it ends. Backslashes are
 * doubled before a quote, and only there. */
static char *
quote(char *to, const char *argument)
{
    *to++ = '"';
    for (;;) {
        size_t n = strspn(argument, "\\");
        argument += n;
        if (*argument == '\0' || *argument == '"')
            n *= 2;
        if (*argument == '"')
            n++;
        memset(to, '\\', n);
        to += n;
        if (*argument == '\0')
            break;
        *to++ = *argument++;
    }
    *to++ = '"';
    return to;
}

char *
command_line(char *const argv[])
{
    size_t size = 0;
    char *line;
    char *to;

    for (size_t i = 0; argv[i] != NULL; i++)
        size += 2 * strlen(argv[i]) + strlen("\"\" ");
    line = malloc(size + 1);
    if (line == NULL)
        diex("no memory for the command line");
    to = line;
    for (size_t i = 0; argv[i] != NULL; i++) {
        to = quote(to, argv[i]);
        *to++ = ' ';
    }
    to[-1] = '\0';
    return line;
}

long long
clock_ms(void)
{
    LARGE_INTEGER ticks;
    LARGE_INTEGER ticks_per_second;

    /* Finer than GetTickCount64(), which can be 16 ms behind. */
    QueryPerformanceCounter(&ticks);
    QueryPerformanceFrequency(&ticks_per_second);
    return ticks.QuadPart * 1000 / ticks_per_second.QuadPart;
}
