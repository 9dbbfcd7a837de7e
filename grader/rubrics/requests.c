/*
 * requests.c - see requests.h
 */
#include "requests.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explain.h"
#include "text.h"

enum {
    ODD_SIZE = 2 + 2 * FULL_LINE + 6
};

static const size_t odd_sizes[ODD_LINES] = {1, 1, FULL_LINE, FULL_LINE, 6};

void
expect_answer(struct half_view *client, int serial, int n)
{
    char line[80];

    snprintf(line, sizeof line, "%d: %s", serial, nonce(n));
    expect_line(client, line);
}

void
ask(struct half_view *client, int serial, int n)
{
    half_send(client, nonce_line(n));
    expect_answer(client, serial, n);
}

static void
fill_odd(char *lines)
{
    memset(lines, '\n', ODD_SIZE);
    nonce_any(lines + 2, TEXT_LIMIT);
    nonce_letters(lines + 2 + FULL_LINE, TEXT_LIMIT);
    memcpy(lines + ODD_SIZE - 6, "no end", 6);
}

void
send_odd_line(struct half_view *client, int n)
{
    char lines[ODD_SIZE];
    size_t sent = 0;

    fill_odd(lines);
    for (int i = 0; i < n; i++)
        sent += odd_sizes[i];
    half_send_bytes(client, lines + sent, odd_sizes[n]);
    if (n == ODD_LINES - 1)
        half_close(client);
}

size_t
fill_odd_replies(char *replies)
{
    char lines[ODD_SIZE];
    size_t sent = 0;
    size_t size = 0;

    fill_odd(lines);
    for (int i = 0; i < ODD_LINES; i++) {
        size += (size_t)sprintf(replies + size, "%d: ", i + 1);
        memcpy(replies + size, lines + sent, odd_sizes[i]);
        size += odd_sizes[i];
        sent += odd_sizes[i];
    }
    replies[size++] = '\n';
    return size;
}

/* One reply: whose it is shows in its first letter. */
static void
check_reply(struct half_view *client, const char *got, const char *line,
    struct crowd *crowd)
{
    char shown[200] = "";
    char *text;
    unsigned long serial = strtoul(got, &text, 10);
    size_t length = strcspn(got, "\n") + 1;
    size_t size = strcspn(line, "\n") + 1;

    text_quote(shown, sizeof shown, got, length);
    text += strncmp(text, ": ", 2) == 0 ? 2 : 0;
    int is_same =
        length == (size_t)(text - got) + size && memcmp(text, line, size) == 0;
    int is_crossed = text[0] >= 'a' && text[0] < 'a' + CLIENTS &&
                     text[0] != line[0] && text[1] >= '0' && text[1] <= '9';
    expect_that(client, is_same, is_crossed ? crowd->crossed : "",
        "every client gets the replies to its own requests, in their order",
        "%s for the line \"%.*s\"", shown, (int)size - 1, line);
    int is_known = serial >= 1 && serial <= crowd->total;
    snprintf(shown, sizeof shown,
        "every request has a serial of its own, from 1 to %lu", crowd->total);
    expect_that(client, is_known && !crowd->used[serial], "", shown,
        "serial %lu%s", serial, is_known ? " twice" : "");
    crowd->used[serial] = 1;
}

/* All that it has printed, for the caller to free; what printf() makes of "\n"
 * in a Windows program is accepted, as in expect_line(). */
static char *
copy_output(struct half_view *client)
{
    size_t size;
    const char *output = half_output(client, 1, &size);
    char *copy = calloc(size + 1, 1);
    size_t used = 0;

    if (copy == NULL)
        pair_trouble("out of memory");
    for (size_t i = 0; i < size; i++)
        if (!pair_target()->has_wine || output[i] != '\r')
            copy[used++] = output[i];
    return copy;
}

void
expect_answers(struct half_view *client, const char *lines, struct crowd *crowd)
{
    const struct reply reply = *pair_wait(client, UNTIL_ENDED, 0);
    char *copy = copy_output(client);
    int n = 0;

    for (char *at = copy; n < crowd->each && strchr(at, '\n') != NULL; n++) {
        check_reply(client, at, lines, crowd);
        at += strcspn(at, "\n") + 1;
        lines += strcspn(lines, "\n") + 1;
    }
    if (n < crowd->each)
        explain(client, &reply);
    expect_that(client, n == crowd->each, "", "a reply to every request",
        "%d replies to %d requests of one client", n, crowd->each);
    expect_exit(client, 0);
    free(copy);
}
