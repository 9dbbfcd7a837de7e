/*
 * fifos.c - see fifos.h
 */
#include "fifos.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "explain.h"
#include "phrases.h"
#include "requests.h"
#include "text.h"

enum {
    LEFTOVERS = 24,
    LEFT_MODE = 0604 /* of a leftover: nobody asks for that */
};

const struct start fifo_with_plenty = {.keep = 1 << 21};

static const char bystander[] = "not a pipe\n"; /* in a file at the name */

const char *
fifo_of(long pid)
{
    static char text[NAME_SIZE];

    snprintf(text, sizeof text, "%s.%ld", name(), pid);
    return text;
}

const char *
fifo_of_client(const struct half_view *client)
{
    return fifo_of((long)half_state(client)->pid);
}

const char *
fifo_kind(const char *file)
{
    const struct census_file *found = census_find("work", file);

    return found == NULL           ? "nothing"
           : S_ISFIFO(found->mode) ? "a FIFO"
           : S_ISDIR(found->mode)  ? "a folder"
           : S_ISSOCK(found->mode) ? "a socket"
           : !S_ISREG(found->mode) ? "something else"
                                   : "a regular file";
}

int
fifo_is_there(const char *file)
{
    return strcmp(fifo_kind(file), "a FIFO") == 0;
}

int
fifo_is_open(const struct half_view *half, const char *file, int access)
{
    const struct census_file *found = census_find("work", file);

    return found != NULL && S_ISFIFO(found->mode) &&
           find_open(half, found->inode, access) != NULL;
}

static int
has_said(struct half_view *half, int error)
{
    size_t size;

    return strstr(half_output(half, 2, &size), strerror(error)) != NULL;
}

static int
is_alone(const struct half_view *half)
{
    struct half_view *other;

    for (int i = 0; (other = pair_half(i)) != NULL; i++)
        if (other != half && !half_state(other)->has_ended)
            return 0;
    return 1;
}

/* Is it one of the second pair? */
static int
is_call(const struct half_view *half)
{
    return strncmp(half->name, "call_", 5) == 0;
}

void
fifo_tell_opening(struct half_view *half)
{
    char words[96];
    const struct reply *reply = pair_wait(half, UNTIL_SETTLED, 0);

    snprintf(words, sizeof words, "%s waits in open(\"", half->name);
    const char *path = strstr(reply->cause, words);
    if (path == NULL || !is_call(half))
        return;
    path += strlen(words);
    path += strncmp(path, "./", 2) == 0 ? 2 : 0;
    size_t length = strlen(name());
    if (strncmp(path, name(), length) != 0)
        return;
    if (path[length] == '"')
        explain_id("NP6", "open() waits until somebody opens the other end "
                          "of the FIFO");
    else if (strcmp(half->name, "call_server") == 0)
        explain_id("NP11", "call_server waits until somebody reads the FIFO of "
                           "a client, and nobody does");
    else
        explain_id("NP1", "call_client waits until somebody opens its FIFO "
                          "for writing, and the server does so only when "
                          "there is a request to answer");
}

/* What the lab knows when an item is being lost. */
static void
tell(int is_stuck)
{
    struct half_view *half;

    for (int i = 0; (half = pair_half(i)) != NULL; i++) {
        if (half->side == REFERENCE)
            continue;
        if (half_state(half)->has_ended) {
            if (has_said(half, EAGAIN))
                explain_id("NP18", "");
        } else if (is_stuck && strcmp(half->name, "server") == 0) {
            if (is_alone(half) && fifo_is_open(half, name(), O_WRONLY))
                explain_id("NP2", "all clients have closed the FIFO, but "
                                  "server has it open for writing itself");
        } else if (is_stuck) {
            fifo_tell_opening(half);
        }
    }
}

void
fifo_expect_rest(struct half_view *half, const char *file)
{
    const struct reply reply = *pair_wait(half, UNTIL_SETTLED, 0);
    int is_good = reply.outcome == OUTCOME_HOLDS;
    char expected[120];

    if (!is_good && is_call(half) && fifo_is_open(half, file, O_RDONLY) &&
        !fifo_is_open(half, file, O_WRONLY))
        explain_id("NP3", "nobody has the FIFO open for writing");
    if (!is_good)
        explain(half, &reply);
    snprintf(expected, sizeof expected,
        "%s waits, without using the processor, for what comes next",
        half->name);
    expect_that(half, is_good, "", expected, "no rest");
}

void
fifo_expect_alive(struct half_view *half, const char *id, const char *what)
{
    char got[80] = "";

    if (!half_state(half)->has_ended)
        return;
    const struct reply reply = *pair_wait(half, UNTIL_ENDED, 0);
    int status = reply.half[half->number].status;
    explain_status(got, sizeof got, status);
    if (WIFEXITED(status))
        explain_id(id, "");
    explain(half, &reply);
    expect_that(half, 0, "", what, "it has ended: %s", got);
}

void
fifo_expect_open(struct half_view *half, const char *file, int access)
{
    char expected[160];
    int is_open = fifo_is_open(half, file, access);
    const char *kind = fifo_kind(file);
    int is_other = strcmp(kind, "a FIFO") != 0 && strcmp(kind, "nothing") != 0;

    snprintf(expected, sizeof expected,
        "%s has the FIFO \"%s\" open for %s (see /proc/PID/fd)", half->name,
        file, access == O_RDONLY ? "reading" : "writing");
    if (!is_open)
        fifo_expect_alive(half, "", expected);
    expect_that(half, is_open, is_other ? "NP9" : "", expected,
        "%s stands at that name%s", kind,
        strcmp(kind, "a FIFO") == 0 ? ", and it is not open" : "");
}

void
fifo_expect(struct half_view *half, const char *expected)
{
    const char *kind = fifo_kind(name());
    int is_other = strcmp(kind, "nothing") != 0;

    expect_that(half, strcmp(kind, "a FIFO") == 0, is_other ? "NP9" : "",
        expected, "%s stands at that name", kind);
}

void
fifo_expect_gone(struct half_view *half, const char *file)
{
    expect_that(half, census_find("work", file) == NULL, "NP4",
        "whoever makes a FIFO removes it, on every way out",
        "\"%s\" is still there", file);
}

void
fifo_expect_clean_end(struct half_view *half, int number, const char *file)
{
    expect_end_by_signal(half, number);
    fifo_expect_gone(half, file);
}

void
fifo_expect_start(struct half_view *half)
{
    settle(half);
    if (!half_state(half)->has_ended)
        return;
    expect_that(half, !has_said(half, EEXIST), "NP5",
        "a FIFO that is left from a crashed run is replaced", "it has ended");
    expect_that(half, !has_said(half, EACCES), "MODE1",
        "mode 0600: for you alone, whatever the umask",
        "a FIFO that its maker may not open");
}

void
fifo_expect_replaced(struct half_view *half, const char *file)
{
    const struct census_file *found = census_find("work", file);

    expect_that(half, found == NULL || (found->mode & 07777) != LEFT_MODE,
        "NP5",
        "a FIFO that is left from a crashed run is replaced by a new one of "
        "mode 0600",
        "it is still the old one, of mode %04o", LEFT_MODE);
    expect_private(half, file);
}

void
fifo_make_bystander(const char *file, int is_folder)
{
    if (is_folder)
        pair_make(file, S_IFDIR | 0700, NULL, 0);
    else
        pair_make(file, S_IFREG | 0600, bystander, strlen(bystander));
}

void
fifo_make_leftover(const char *file)
{
    pair_make(file, S_IFIFO | LEFT_MODE, NULL, 0);
}

void
fifo_expect_bystander(
    struct half_view *half, const char *file, int is_folder, const char *id)
{
    const char *wanted = is_folder ? "a folder" : "a regular file";
    const char *kind = fifo_kind(file);
    char text[32] = "";
    char got[120] = "";

    expect_that(half, strcmp(kind, wanted) == 0, id,
        "what is not a FIFO is left alone", "%s stands at its name now", kind);
    if (is_folder)
        return;
    ssize_t n = pair_read(file, text, sizeof text - 1);
    text_quote(got, sizeof got, text, n > 0 ? (size_t)n : 0);
    expect_that(half, strcmp(text, bystander) == 0, id,
        "a regular file is not written to", "it holds %s now", got);
}

void
fifo_expect_refusal(struct half_view *half)
{
    settle(half);
    expect_exit(half, 1);
    expect_said(half, name(), NULL);
    expect_output(half, "");
}

struct half_view *
fifo_start(const struct start *how, enum side side, const char *program)
{
    explain_lab = tell;
    return pair_start_as(how, side, program, name(), NULL);
}

struct half_view *
fifo_start_server(enum side side, const char *program)
{
    struct half_view *server = fifo_start(&fifo_with_plenty, side, program);

    expect_line(server, "ready");
    fifo_expect_rest(server, name());
    return server;
}

struct half_view *
fifo_start_client(enum side side, const char *program)
{
    struct half_view *client = fifo_start(&fifo_with_plenty, side, program);

    settle(client);
    return client;
}

void
fifo_stop(struct half_view *half)
{
    settle(half); /* between its write() and close() others still see it */
    half_signal(half, SIGSTOP);
    settle(half);
}

void
fifo_make_leftovers(pid_t after, int is_left)
{
    for (int i = 1; i <= LEFTOVERS; i++) {
        const char *file = fifo_of((long)after + i);
        pair_remove(file);
        if (is_left)
            fifo_make_leftover(file);
        else
            fifo_make_bystander(file, 0);
    }
}

int
fifo_is_among(const struct half_view *client, pid_t after)
{
    pid_t pid = half_state(client)->pid;

    return pid > after && pid <= after + LEFTOVERS;
}

size_t
fifo_fill(void)
{
    /* In the last page there is too little room; in the first one there is
     * more, but who writes never goes back. See pipe(7). */
    enum {
        FIRST_ROOM = 924,
        LAST_ROOM = 100
    };
    static char zeros[1 << 16];
    size_t page = (size_t)sysconf(_SC_PAGESIZE);

    if (pair_resize(name(), 2 * page) == -1 ||
        pair_write(name(), zeros, page - FIRST_ROOM) == -1 ||
        pair_write(name(), zeros, page - LAST_ROOM) == -1)
        pair_trouble("a pipe holds less than two pages here: see pipe(7)");
    return (2 * page - FIRST_ROOM - LAST_ROOM) / sizeof(struct call_request);
}

size_t
fifo_complaints(struct half_view *half)
{
    size_t size;
    size_t lines = 0;
    const char *said = half_output(half, 2, &size);

    for (size_t i = 0; i < size; i++)
        lines += said[i] == '\n';
    return lines;
}

void
fifo_expect_usage(const char *program)
{
    expect_exit(pair_start(STUDENT, program, NULL), 2);
    expect_exit(pair_start(STUDENT, program, "not/a/name", NULL), 2);
}

/* A server finds something else at the name; then the name is free. */
void
fifo_refuse_names(const char *program)
{
    for (int is_folder = 0; is_folder < 2; is_folder++) {
        fifo_make_bystander(name(), is_folder);
        struct half_view *server =
            fifo_start(&fifo_with_plenty, STUDENT, program);
        note(is_folder ? "NAME is a folder" : "NAME is a regular file");
        settle(server);
        fifo_expect_bystander(server, name(), is_folder, "NP5");
        fifo_expect_refusal(server);
        expect_left(server, name(), NULL);
        pair_remove(name());
    }
    fifo_expect_usage(program);
    struct half_view *server = fifo_start_server(STUDENT, program);
    note("NAME is free");
    fifo_expect(server, "a FIFO at NAME");
    half_kill(server);
    pair_remove(name());
}

/* It cannot print "ready"; where it can, there is a FIFO. */
void
fifo_print_to_nobody(const char *program)
{
    const struct start full = {.flags = START_FULL};
    const struct start closed = {.flags = START_CLOSED};
    struct half_view *server = fifo_start(&full, STUDENT, program);

    expect_write_error(server, "ready\n");
    fifo_expect_gone(server, name());
    expect_left(server, NULL);
    server = fifo_start(&closed, STUDENT, program);
    expect_pipe_error(server);
    fifo_expect_gone(server, name());
    server = fifo_start_server(STUDENT, program);
    fifo_expect(server, "a FIFO at NAME");
    half_kill(server);
    pair_remove(name());
}

struct half_view *
fifo_start_over_leftover(const char *program)
{
    fifo_make_leftover(name());
    struct half_view *server = fifo_start(&fifo_with_plenty, STUDENT, program);
    note("a FIFO is left from a crashed run");
    fifo_expect_start(server);
    expect_line(server, "ready");
    fifo_expect_rest(server, name());
    fifo_expect_replaced(server, name());
    return server;
}

void
fifo_run_without_server(const char *program, const char *left)
{
    for (int i = 0; i < 3; i++) {
        struct half_view *client =
            fifo_start(&fifo_with_plenty, STUDENT, program);
        note(left == NULL ? "there is no NAME" : "nobody reads the FIFO");
        if (i == 1)
            half_send(client, nonce_line(0));
        if (i == 2)
            half_close(client);
        settle(client);
        expect_that(client,
            left != NULL || !strcmp(fifo_kind(name()), "nothing"), "NP15",
            "a client creates nothing at NAME", "there is %s now",
            fifo_kind(name()));
        fifo_expect_refusal(client);
        expect_left(client, left, NULL);
    }
}

void
fifo_run_with_bystander(const char *program, int is_folder)
{
    fifo_make_bystander(name(), is_folder);
    struct half_view *client = fifo_start(&fifo_with_plenty, STUDENT, program);
    note(is_folder ? "NAME is a folder" : "NAME is a regular file");
    half_send(client, nonce_line(0));
    half_close(client);
    settle(client);
    fifo_expect_bystander(client, name(), is_folder, "NP16");
    fifo_expect_refusal(client);
    expect_left(client, name(), NULL);
    pair_remove(name());
}
