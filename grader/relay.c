/*
 * relay.c - see relay.h
 *
 * The lines, with the channels "timestamp" and "pid" on; the last one is one
 * line, and has no process:
 *
 *     47575.845:0020:0024:Call KERNEL32.Sleep(0000000a) ret=140001547
 *     47575.845:0020:0024:Ret  KERNEL32.Sleep() retval=00000000 ret=140001547
 *     wine: Unhandled page fault on read access to ... at address 14000154D
 *         (thread 0024), starting debugger...
 *
 * and what Wine complains of:
 *
 *     47575.845:0020:0024:err:virtual:map_view no space
 *     err:virtual:virtual_alloc_first_teb wine: failed to map the shared ...
 *     wine: could not load kernel32.dll, status c0000135
 */
#include "relay.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LINE = 1024,
    OPEN = 64,     /* calls, of all threads */
    HANDLES = 256, /* later ones have no names */
    NAME = 96
};

struct handle {
    uint64_t value; /* 0: free */
    uint32_t process;
    char name[NAME];
};

struct crash {
    char text[120];
    uint64_t address;
};

struct relay {
    char line[LINE];
    size_t length;
    struct relay_call open[OPEN];
    size_t nopen;
    struct relay_call call[RELAY_CALLS]; /* then in a ring after RELAY_FIRST */
    size_t ncalls;                       /* all of them */
    struct handle handle[HANDLES];
    uint32_t own;     /* the half's process: the first that is heard of */
    uint32_t threads; /* of it */
    uint32_t thread[RELAY_THREADS];
    int has_pipe; /* it has called CreatePipe() */
    int has_child;
    struct crash crash[2]; /* of the half, of a child */
    char complaint[120];
};

struct relay *
relay_new(void)
{
    return calloc(1, sizeof(struct relay));
}

void
relay_free(struct relay *relay)
{
    free(relay);
}

static int
begins(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

/* ---- arguments ---- */

/* The end of an argument: a comma or bracket outside a string. */
static const char *
argument_end(const char *at)
{
    int is_string = 0;

    for (; *at != '\0'; at++) {
        if (*at == '\\' && is_string && at[1] != '\0')
            at++;
        else if (*at == '"')
            is_string = !is_string;
        else if (!is_string && (*at == ',' || *at == ')'))
            break;
    }
    return at;
}

/* Adds a character if there is room. */
static void
put(char *text, size_t size, size_t *used, char c)
{
    if (*used + 1 < size)
        text[(*used)++] = c;
    text[*used] = '\0';
}

/* One argument, as somebody would write it in C: the string instead of its
 * address, with single backslashes; small numbers without leading zeros. */
static void
add_argument(
    char *text, size_t size, size_t *used, const char *at, const char *end)
{
    const char *string = memchr(at, '"', (size_t)(end - at));

    if (string != NULL) {
        for (const char *c = string; c < end; c++) {
            if (*c == '\\' && c + 1 < end && c[1] == '\\')
                c++;
            put(text, size, used, *c);
        }
        return;
    }
    unsigned long long value = strtoull(at, NULL, 16);
    char number[32];
    if (value == 0xffffffff || value == 0xffffffffffffffff)
        snprintf(number, sizeof number, "-1");
    else
        snprintf(number, sizeof number, value < 10 ? "%llu" : "0x%llx", value);
    for (const char *c = number; *c != '\0'; c++)
        put(text, size, used, *c);
}

uint64_t
relay_argument(const struct relay_call *call, int nth)
{
    const char *at = strchr(call->what, '(');

    for (int i = 0; at != NULL && *at != '\0' && *at != ')'; i++) {
        if (i == nth)
            return at[1] == '-' ? UINT64_MAX : strtoull(at + 1, NULL, 0);
        at = argument_end(at + 1);
    }
    return 0;
}

/* ---- handles ---- */

static const struct handle *
find_handle(const struct relay *relay, uint32_t process, uint64_t value)
{
    for (size_t i = 0; i < HANDLES; i++)
        if (relay->handle[i].value == value &&
            (value == 0 || relay->handle[i].process == process))
            return &relay->handle[i];
    return NULL;
}

/* The entry of a new handle, or NULL. */
static struct handle *
take_handle(struct relay *relay, uint32_t process, uint64_t value)
{
    const struct handle *handle = find_handle(relay, process, value);

    if (handle == NULL)
        handle = find_handle(relay, process, 0);
    if (handle == NULL)
        return NULL;
    struct handle *taken = &relay->handle[handle - relay->handle];
    taken->value = value;
    taken->process = process;
    return taken;
}

static void
forget_handle(struct relay *relay, uint32_t process, uint64_t value)
{
    const struct handle *handle = find_handle(relay, process, value);

    if (handle != NULL)
        relay->handle[handle - relay->handle].value = 0;
}

const char *
relay_object(const struct relay *relay, const struct relay_call *call)
{
    uint64_t value = relay_argument(call, 0);
    const struct handle *handle =
        value != 0 ? find_handle(relay, call->process, value) : NULL;
    int is_file =
        begins(call->what, "ReadFile(") || begins(call->what, "WriteFile(");

    if (handle != NULL)
        return handle->name;
    if (is_file && relay->has_pipe && !call->is_child)
        return "a pipe without a name";
    if (begins(call->what, "WaitForSingleObject") && relay->has_child &&
        !call->is_child)
        return "its child";
    return NULL;
}

/* What the calls make or open. */
static const struct {
    const char *call;
    const char *noun;
} makers[] = {
    {"CreateFileMapping(", "file mapping"},
    {"OpenFileMapping(", "file mapping"},
    {"CreateFile(", "file"},
    {"CreateSemaphore(", "semaphore"},
    {"OpenSemaphore(", "semaphore"},
    {"CreateMutex(", "mutex"},
    {"OpenMutex(", "mutex"},
    {"CreateEvent(", "event"},
    {"OpenEvent(", "event"},
    {"CreateNamedPipe(", "pipe"},
    {"CreateMailslot(", "mailslot"},
    {"CreateThread(", "thread"},
};

/* "pipe \\.\pipe\n1": the noun, and the string among the arguments. */
static void
name_handle(char *name, const struct relay_call *call, const char *noun)
{
    const char *string = strchr(call->what, '"');
    int length = 0;

    if (string != NULL)
        length = (int)strcspn(++string, "\"");
    if (string != NULL && begins(string, "\\\\.\\pipe\\"))
        noun = "pipe";
    if (string != NULL && begins(string, "\\\\.\\mailslot\\"))
        noun = "mailslot";
    snprintf(name, NAME, "%s%s%.*s", noun, length > 0 ? " " : "", length,
        length > 0 ? string : "");
}

static void
name_stream(char *name, const struct relay_call *call)
{
    static const char *const streams[] = {
        "standard error", "standard output", "standard input"};
    uint32_t which = (uint32_t)relay_argument(call, 0) - (uint32_t)-12;

    snprintf(name, NAME, "%s", which < 3 ? streams[which] : "nothing");
}

static void
note_handle(struct relay *relay, const struct relay_call *call)
{
    const char *noun = NULL;

    for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++)
        if (begins(call->what, makers[i].call))
            noun = makers[i].noun;
    int is_stream = begins(call->what, "GetStdHandle(");
    if ((noun == NULL && !is_stream) || call->result == 0 ||
        (uint32_t)call->result == UINT32_MAX)
        return;
    struct handle *handle = take_handle(relay, call->process, call->result);
    if (handle == NULL)
        return;
    if (is_stream)
        name_stream(handle->name, call);
    else
        name_handle(handle->name, call, noun);
}

/* ---- calls ---- */

static void
keep(struct relay *relay, const struct relay_call *call)
{
    size_t at = relay->ncalls++;

    if (at >= RELAY_CALLS)
        at = RELAY_FIRST + (at - RELAY_FIRST) % (RELAY_CALLS - RELAY_FIRST);
    relay->call[at] = *call;
}

/* "KERNEL32.CreateFileA(...": the name alone, without the letter that says how
 * a character is coded, and the arguments. */
static int
describe(struct relay_call *call, const char *text)
{
    const char *bracket = strchr(text, '(');
    const char *dot = strchr(text, '.');
    size_t used = 0;

    if (bracket == NULL || dot == NULL || dot > bracket ||
        memchr(text, ' ', (size_t)(bracket - text)) != NULL)
        return -1;
    const char *name_end = bracket;
    if ((bracket[-1] == 'A' || bracket[-1] == 'W') &&
        islower((unsigned char)bracket[-2]))
        name_end--;
    for (const char *c = dot + 1; c < name_end; c++)
        put(call->what, sizeof call->what, &used, *c);
    put(call->what, sizeof call->what, &used, '(');
    for (const char *at = bracket + 1; *at != '\0' && *at != ')';) {
        const char *end = argument_end(at);
        if (at != bracket + 1) {
            put(call->what, sizeof call->what, &used, ',');
            put(call->what, sizeof call->what, &used, ' ');
        }
        add_argument(call->what, sizeof call->what, &used, at, end);
        at = *end == ',' ? end + 1 : end;
    }
    put(call->what, sizeof call->what, &used, ')');
    return 0;
}

static void
take_call(struct relay *relay, struct relay_call *call, const char *text)
{
    const char *from = strstr(text, ") ret=");

    if (relay->nopen == OPEN || describe(call, text) == -1)
        return;
    call->from = from != NULL ? strtoull(from + 6, NULL, 16) : 0;
    relay->open[relay->nopen++] = *call;
}

/* A thread's calls return in turn. */
static void
take_return(struct relay *relay, const struct relay_call *end, const char *text)
{
    const char *result = strstr(text, "retval=");
    const char *bracket = strchr(text, '(');
    const char *dot = strchr(text, '.');

    if (result == NULL || bracket == NULL || dot == NULL || dot > bracket)
        return;
    for (size_t i = relay->nopen; i-- > 0;) {
        struct relay_call call = relay->open[i];
        if (call.thread != end->thread)
            continue;
        memmove(&relay->open[i], &relay->open[i + 1],
            (--relay->nopen - i) * sizeof call);
        call.has_returned = 1;
        call.result = strtoull(result + 7, NULL, 16);
        if (!call.is_child)
            keep(relay, &call);
        if (begins(call.what, "CloseHandle(") && relay_argument(&call, 0) != 0)
            forget_handle(relay, call.process, relay_argument(&call, 0));
        note_handle(relay, &call);
        relay->has_pipe |= !call.is_child && begins(call.what, "CreatePipe(");
        relay->has_child |=
            !call.is_child && begins(call.what, "CreateProcess(");
        return;
    }
}

/* The half's own process is heard of first. */
static void
note_thread(struct relay *relay, struct relay_call *call)
{
    if (relay->own == 0)
        relay->own = call->process;
    call->is_child = call->process != relay->own;
    if (call->is_child)
        return;
    for (uint32_t i = 0; i < relay->threads; i++)
        if (relay->thread[i] == call->thread)
            return;
    if (relay->threads < RELAY_THREADS)
        relay->thread[relay->threads++] = call->thread;
}

/* Without a number of a thread, with one of the half's, or before any other:
 * the half's. */
static int
is_own(const struct relay *relay, const char *text)
{
    const char *at = strstr(text, "(thread ");
    uint32_t thread = at != NULL ? (uint32_t)strtoul(at + 8, NULL, 16) : 0;

    for (uint32_t i = 0; i < relay->threads; i++)
        if (relay->thread[i] == thread)
            return 1;
    return at == NULL || relay->threads == 0 || relay->threads == RELAY_THREADS;
}

/* "wine: Unhandled page fault on read access to ... at address X (thread ...". */
static void
take_crash(struct relay *relay, const char *text)
{
    struct crash *crash = &relay->crash[!is_own(relay, text)];
    const char *at = strstr(text, " at address ");
    size_t length = at != NULL ? (size_t)(at - text) : strcspn(text, ",");

    if (length > sizeof crash->text - 1)
        length = sizeof crash->text - 1;
    memcpy(crash->text, text, length);
    crash->text[length] = '\0';
    if (at != NULL)
        crash->address = strtoull(at + strlen(" at address "), NULL, 16);
}

/* The end of a stack is told here; then the program is gone. */
static void
take_complaint(
    struct relay *relay, const struct relay_call *call, const char *text)
{
    struct crash *crash = &relay->crash[call->is_child];

    if (strstr(text, "stack overflow") != NULL)
        snprintf(crash->text, sizeof crash->text, "stack overflow");
    else
        snprintf(relay->complaint, sizeof relay->complaint, "%.100s", text);
}

static void
take_line(struct relay *relay, const char *line)
{
    struct relay_call call = {0};
    unsigned long long seconds;
    unsigned int ms;
    unsigned int process;
    unsigned int thread;
    int length = 0;

    if (begins(line, "wine: Unhandled ")) {
        take_crash(relay, line + strlen("wine: Unhandled "));
        return;
    }
    if (begins(line, "wine") || begins(line, "err:"))
        snprintf(relay->complaint, sizeof relay->complaint, "%.100s", line);
    if (sscanf(line, "%llu.%u:%x:%x:%n", &seconds, &ms, &process, &thread,
            &length) != 4 ||
        length == 0)
        return;
    call.process = process;
    call.thread = thread;
    note_thread(relay, &call);
    call.ms = seconds * 1000 + ms;
    if (begins(line + length, "Call "))
        take_call(relay, &call, line + length + 5);
    else if (begins(line + length, "Ret  "))
        take_return(relay, &call, line + length + 5);
    else if (begins(line + length, "err:"))
        take_complaint(relay, &call, line + length);
}

void
relay_take(struct relay *relay, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != '\n') {
            put(relay->line, LINE, &relay->length, bytes[i]);
            continue;
        }
        relay->line[relay->length] = '\0';
        take_line(relay, relay->line);
        relay->length = 0;
    }
}

size_t
relay_open_calls(
    const struct relay *relay, const struct relay_call **calls, size_t limit)
{
    size_t n = 0;

    for (size_t i = 0; i < relay->nopen && n < limit; i++)
        calls[n++] = &relay->open[i];
    return n;
}

/* In the order in which they have returned; then those that have not. */
size_t
relay_log(const struct relay *relay, struct relay_call *calls)
{
    const size_t ring = RELAY_CALLS - RELAY_FIRST;
    size_t kept = relay->ncalls < RELAY_CALLS ? relay->ncalls : RELAY_CALLS;
    size_t begin =
        relay->ncalls > RELAY_CALLS ? (relay->ncalls - RELAY_FIRST) % ring : 0;
    size_t n = 0;

    for (size_t i = 0; i < kept; i++)
        calls[n++] =
            relay->call[i < RELAY_FIRST
                            ? i
                            : RELAY_FIRST + (i - RELAY_FIRST + begin) % ring];
    for (size_t i = 0; i < relay->nopen && n < RELAY_LOG; i++)
        calls[n++] = relay->open[i];
    return n;
}

static void
tell_call(const struct relay *relay, const struct relay_call *call,
    struct relay_told *told)
{
    const char *object = relay_object(relay, call);

    *told = (struct relay_told){.call = *call};
    snprintf(told->object, sizeof told->object, "%.47s",
        object != NULL ? object : "");
}

void
relay_tell(const struct relay *relay, struct relay_part *part,
    struct relay_told told[RELAY_TOLD + RELAY_THREADS])
{
    static struct relay_call log[RELAY_LOG];
    size_t n = relay_log(relay, log);
    size_t most = RELAY_TOLD + relay->nopen;
    size_t begin = n > most ? n - most : 0;

    part->missing = relay->ncalls + relay->nopen - (n - begin);
    part->calls = 0;
    for (size_t i = begin; i < n && part->calls < RELAY_TOLD + RELAY_THREADS;
         i++)
        tell_call(relay, &log[i], &told[part->calls++]);
}

int64_t
relay_timeout(const struct relay_call *call)
{
    static const struct {
        const char *call;
        int argument;
    } waits[] = {
        {"WaitForSingleObject(", 1},
        {"WaitForSingleObjectEx(", 1},
        {"WaitForMultipleObjects(", 3},
        {"WaitForMultipleObjectsEx(", 3},
        {"SignalObjectAndWait(", 2},
        {"GetOverlappedResultEx(", 3},
        {"WaitNamedPipe(", 1},
        {"Sleep(", 0},
        {"SleepEx(", 0},
    };

    for (size_t i = 0; i < sizeof waits / sizeof waits[0]; i++) {
        if (!begins(call->what, waits[i].call))
            continue;
        uint32_t ms = (uint32_t)relay_argument(call, waits[i].argument);
        return ms == UINT32_MAX ? -1 : (int64_t)ms;
    }
    return -1;
}

const char *
relay_crash(const struct relay *relay, int is_child)
{
    return relay->crash[is_child].text;
}

uint64_t
relay_crash_address(const struct relay *relay, int is_child)
{
    return relay->crash[is_child].address;
}

const char *
relay_refusal(const struct relay *relay)
{
    if (relay->ncalls > 0 || relay->nopen > 0 ||
        relay->crash[0].text[0] != '\0')
        return "";
    return relay->complaint[0] != '\0' ? relay->complaint
                                       : "it has ended before its first call";
}
