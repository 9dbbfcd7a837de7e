/*
 * children.c - see children.h
 */
#include "children.h"

#include <stdio.h>
#include <string.h>

#include "phrases.h"

enum {
    MANY = 10000
};

const struct start with_plenty = {.keep = PLENTY};

struct half_view *
start_pair(enum side server_side, enum side client_side)
{
    struct half_view *server = pair_start_as(&with_plenty, server_side,
        "server", program_path(client_side, "client"), NULL);

    if (pair_target()->has_wine)
        expect_piped_win32(server);
    else
        expect_piped_posix(server);
    return server;
}

void
expect_numbered(struct half_view *server, int number, const char *line)
{
    char expected[64];

    snprintf(expected, sizeof expected, "%d: %s", number, line);
    expect_line(server, expected);
}

void
expect_good_end(struct half_view *server)
{
    half_close(server);
    expect_output(server, "");
    expect_exit(server, 0);
}

struct half_view *
talk_to_child(enum side server_side, enum side client_side)
{
    struct half_view *server = start_pair(server_side, client_side);

    for (int i = 0; i < 3; i++) {
        half_send(server, nonce_line(i));
        expect_numbered(server, i + 1, nonce(i));
    }
    expect_good_end(server);
    return server;
}

void
fill_lines(char *lines, char *numbered, int n)
{
    size_t size = 0;
    size_t numbered_size = 0;

    for (int i = 0; i < n; i++) {
        unsigned long long word = nonce_number(i) & 0xffffff;
        size += (size_t)snprintf(lines + size, PLENTY - size, "%llx\n", word);
        numbered_size += (size_t)snprintf(numbered + numbered_size,
            PLENTY - numbered_size, "%d: %llx\n", i + 1, word);
    }
}

void
number_lines(enum side server_side, enum side client_side)
{
    char lines[160];
    char expected[160];
    struct half_view *server = start_pair(server_side, client_side);

    /* All at once: who takes what read() brings for a line sees one. */
    snprintf(lines, sizeof lines, "%s%s%s", nonce_line(0), nonce_line(1),
        nonce_line(2));
    half_send(server, lines);
    half_close(server);
    snprintf(expected, sizeof expected, "1: %s2: %s3: %s", nonce_line(0),
        nonce_line(1), nonce_line(2));
    expect_output(server, expected);
    expect_exit(server, 0);
}

void
number_odd_lines(enum side server_side, enum side client_side)
{
    struct half_view *server = start_pair(server_side, client_side);

    half_send(server, "\n\n");
    half_send_bytes(server, nonce(0), 5);
    expect_settled(server); /* a line may come in pieces, too */
    half_send(server, nonce(0) + 5);
    half_close(server);
    expect_line(server, "1: ");
    expect_line(server, "2: ");
    expect_numbered(server, 3, nonce(0));
    expect_output(server, "");
    expect_exit(server, 0);
}

void
number_any_bytes(enum side server_side, enum side client_side)
{
    /* Every byte there is, then a line longer than any pipe. */
    enum {
        LONG = 500000
    };
    static char sent[sizeof NONCE_PERCENTS + 256 + LONG] = NONCE_PERCENTS;
    static char expected[sizeof sent + 16];
    struct half_view *server = start_pair(server_side, client_side);
    size_t n = strlen(NONCE_PERCENTS);
    size_t m = 3;

    for (int c = 0; c < 256; c++)
        if (c != '\n')
            sent[n++] = (char)c;
    sent[n++] = '\n';
    memset(sent + n, 'z', LONG);
    sent[n + LONG] = '\n';
    half_send_bytes(server, sent, n + LONG + 1);
    half_close(server);
    memcpy(expected, "1: ", 3);
    memcpy(expected + m, sent, n);
    m += n;
    memcpy(expected + m, "2: ", 3);
    memcpy(expected + m + 3, sent + n, LONG + 1);
    expect_output_bytes(server, expected, m + 3 + LONG + 1);
    expect_exit(server, 0);
}

void
number_many_lines(enum side server_side, enum side client_side)
{
    static char lines[PLENTY];
    static char numbered[PLENTY];
    struct half_view *server = start_pair(server_side, client_side);

    fill_lines(lines, numbered, MANY);
    half_send(server, lines);
    half_close(server);
    expect_output(server, numbered);
    expect_exit(server, 0);
}
