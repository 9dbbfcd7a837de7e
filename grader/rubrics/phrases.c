/*
 * phrases.c - see phrases.h
 */
#include "phrases.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "explain.h"
#include "lose.h"
#include "text.h"

static int is_restless; /* somebody sleeps: waiting again takes too long */

void
note(const char *what)
{
    text_add(pair_verdict->run, sizeof pair_verdict->run, "%s%s",
        pair_verdict->run[0] != '\0' ? "; " : "", what);
}

size_t
noted(void)
{
    return strlen(pair_verdict->run);
}

void
forget(size_t since)
{
    pair_verdict->run[since] = '\0';
}

void
note_restless(unsigned int outcome)
{
    if (outcome == OUTCOME_LIMIT)
        is_restless = 1;
}

void
settle(struct half_view *half)
{
    if (!is_restless)
        note_restless(pair_wait(half, UNTIL_SETTLED, 0)->outcome);
}

void
settle_for_now(struct half_view *half)
{
    pair_wait(half, UNTIL_RESTING, 0);
}

char *
many_lines(const char *word, int n)
{
    size_t room = (size_t)n * (strlen(word) + 20) + 1;
    char *text = malloc(room);
    size_t size = 0;

    if (text == NULL)
        pair_trouble("out of memory");
    text[0] = '\0';
    for (int i = 0; i < n; i++)
        size += (size_t)snprintf(text + size, room - size, "%s%d %llx\n", word,
            i, (unsigned long long)nonce_number(i) & 0xffffff);
    return text;
}

void
expect_write_error(struct half_view *half, const char *line)
{
    note("standard output is a full disk");
    settle(half);
    if (!half_state(half)->has_ended)
        explain_buffer(half, line);
    expect_exit(half, 1);
    expect_said(half, "No space left", NULL);
}

void
hang_up(struct half_view *half)
{
    half_hang_up(half);
    note("nobody reads its standard output any more");
}

void
expect_pipe_error(struct half_view *half)
{
    note("nobody reads standard output");
    expect_broken_pipe(half);
}

void
expect_broken_pipe(struct half_view *half)
{
    expect_exit(half, 1);
    expect_said(half, "Broken pipe", NULL);
}

/* Its first part is enough: what comes of the rest is for other items. */
static int
has_word(const char *bytes, size_t size, const char *word)
{
    size_t length = strcspn(word, " ");

    for (size_t i = 0; i + length <= size; i++)
        if (memcmp(bytes + i, word, length) == 0)
            return 1;
    return 0;
}

void
expect_word(struct half_view *half, int n)
{
    struct reply reply = *pair_wait(half, UNTIL_ENDED, 0);
    size_t size;
    const char *output = half_output(half, 1, &size);

    if (has_word(output, size, nonce(n)))
        return;
    lose_expected("%s prints what has become of \"%s\"", half->name, nonce(n));
    lose_got(output, size);
    explain(half, &reply);
    lose(half);
}

void
expect_work(struct half_view *half, int n)
{
    half_send(half, nonce_line(n));
    half_close(half);
    expect_word(half, n);
}

void
expect_read_error(struct half_view *half)
{
    note("standard input is a folder");
    expect_exit(half, 1);
    expect_said(half, NULL);
    expect_output(half, "");
}

void
expect_no_complaint(struct half_view *half, const char *why)
{
    size_t size;
    const char *said = half_output(half, 2, &size);
    char expected[120];
    char got[120] = "";

    snprintf(expected, sizeof expected, "nothing on standard error: %s", why);
    text_quote(got, sizeof got, said, size);
    expect_that(half, size == 0, "", expected, "%s", got);
}

void
expect_private(struct half_view *half, const char *file)
{
    const struct census_file *found = census_find("work", file);
    unsigned int mode = found != NULL ? found->mode & 07777 : 0;

    expect_that(half, found != NULL, "",
        "what the half makes is there when it says so", "there is no \"%s\"",
        file);
    expect_that(half, mode == 0600, "MODE1",
        "mode 0600: for you alone, whatever the umask", "mode %04o", mode);
}

void
expect_untouched(struct half_view *half, mode_t kind, const char *what)
{
    const struct census_file *found = census_find("work", name());
    char expected[80];

    snprintf(expected, sizeof expected, "the %s at NAME is left alone", what);
    expect_that(half, found != NULL && (found->mode & S_IFMT) == kind, "",
        expected, "%s",
        found == NULL ? "it is gone" : "something else stands there");
}

void
expect_end_by_signal(struct half_view *half, int number)
{
    note(number == SIGINT ? "then SIGINT" : "then SIGTERM");
    half_signal(half, number);
    half_signal(half, SIGCONT); /* one that was stopped would not notice */
    pair_wait(half, UNTIL_ENDED, 0);
    const struct half_state *state = half_state(half);
    int is_caught = !state->has_ended || !WIFSIGNALED(state->status) ||
                    WTERMSIG(state->status) != number;
    expect_that(half, is_caught, "SIG1",
        "the half removes what it has made and ends with exit status 0",
        "the signal has ended it");
    expect_exit(half, 0);
}

const struct census_fd *
find_fd(const struct census_process *process, int fd)
{
    for (uint32_t i = 0; i < process->fds; i++)
        if (process->fd[i].fd == fd)
            return &process->fd[i];
    return NULL;
}

const struct census_process *
find_process(const struct half_view *half)
{
    const struct census_process *list;
    size_t n = pair_processes(&list);

    for (size_t i = 0; i < n; i++)
        if (list[i].half == half->number)
            return &list[i];
    return NULL;
}

const struct census_fd *
find_open(const struct half_view *half, uint64_t inode, int access)
{
    const struct census_process *process = find_process(half);

    for (uint32_t i = 0; process != NULL && i < process->fds; i++)
        if (process->fd[i].inode == inode &&
            (process->fd[i].access == access ||
                process->fd[i].access == O_RDWR))
            return &process->fd[i];
    return NULL;
}
