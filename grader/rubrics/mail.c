/*
 * mail.c - see mail.h
 */
#include "mail.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "deadlines.h"
#include "explain.h"
#include "phrases.h"
#include "text.h"

enum {
    WRITERS = 3
};

void
expect_going_on(struct half_view *half, const char *what)
{
    if (half_state(half)->has_ended)
        expect_waiting(half, what);
}

void
greet(struct half_view *client, struct half_view *server)
{
    pass(client, server, 0);
    settle(server);
    expect_going_on(server, "for more messages");
    expect_going_on(client, "for more lines");
}

void
talk_by_mail(enum side server_side, enum side client_side)
{
    struct half_view *server = start_server(server_side, NULL);
    struct half_view *client = start_client(client_side);

    pass(client, server, 0);
    pass(client, server, 1);
    half_close(client);
    expect_exit(client, 0);
    expect_output(client, "");
    if (client_side != REFERENCE && server_side == REFERENCE)
        expect_left(client, slot_file(), NULL);
    client = start_client(client_side); /* the server goes on */
    pass(client, server, 2);
    half_close(client);
    expect_exit(client, 0);
    expect_waiting(server, "for more messages");
}

void
pass_odd_letters(enum side server_side, enum side client_side)
{
    struct half_view *server = start_server(server_side, NULL);
    struct half_view *client = start_client(client_side);

    greet(client, server);
    half_signal(server, SIGSTOP);
    send_odd_lines(client);
    settle(client);
    half_signal(server, SIGCONT);
    expect_odd_letters(server);
    expect_exit(client, 0);
}

void
send_long_line(struct half_view *client)
{
    char line[TEXT_LIMIT + 1];

    memset(line, 'x', sizeof line);
    half_send(client, nonce_line(1));
    half_send_bytes(client, line, sizeof line);
}

void
refuse_long_line(enum side server_side, enum side client_side)
{
    const struct start folder = {.flags = START_FOLDER};
    struct half_view *server = start_server(server_side, NULL);
    struct half_view *client = start_client(client_side);

    note("line 3 has 425 bytes and no '\\n'");
    pass(client, server, 0);
    send_long_line(client);
    expect_text(server, nonce(1));
    expect_exit(client, 1);
    expect_said(client, "3", "424", NULL);
    settle(server);
    expect_that(server, half_state(server)->lines == 3, "",
        "the line that is too long is not sent",
        "something was printed for "
        "it");
    expect_read_error(
        pair_start_as(&folder, client_side, client_program(), address(), NULL));
    settle(server);
    expect_that(server, half_state(server)->lines == 3, "",
        "no line can be read, and nothing is sent", "something was printed");
}

/* Finds the line at text in what one of the writers still has to say. Returns
 * its length, or 0 if nobody says that next. */
static size_t
find_writer(const struct half_view *server, const char *text,
    const char *unsaid[], int writers)
{
    size_t line = strcspn(text, "\n") + 1;

    for (int w = 0; w < writers; w++) {
        char whole[LETTER_ROOM];
        size_t size = strcspn(unsaid[w], "\n");
        if (size == 0 || text[line - 1] == '\0')
            continue;
        size_t length = write_letter(whole, unsaid[w], size);
        if (expect_is_same(server, whole, length, text, line)) {
            unsaid[w] += size + 1;
            return line;
        }
    }
    return 0;
}

void
expect_merged(
    struct half_view *server, char *const lines[], int writers, int total)
{
    struct reply reply = *pair_wait(server, UNTIL_ENDED, 0);
    const char *unsaid[WRITERS];
    size_t size;
    const char *text = half_output(server, 1, &size) + server->taken;
    char got[300] = "";
    int found = 0;
    size_t length;

    for (int w = 0; w < writers; w++)
        unsaid[w] = lines[w];
    for (; (length = find_writer(server, text, unsaid, writers)) > 0; found++)
        text += length;
    if (found == total && *text == '\0')
        return;
    text_add(got, sizeof got, "%d of %d letters, then ", found, total);
    if (*text == '\0')
        text_add(got, sizeof got, "nothing");
    else
        text_quote(got, sizeof got, text, strcspn(text, "\n"));
    explain(server, &reply);
    expect_that(server, 0, "",
        "every line of every client, whole, each client's in their order", "%s",
        got);
}

void
mix_writers(enum side server_side, enum side client_side, int n)
{
    static const char *const words[WRITERS] = {"a", "b", "c"};
    struct half_view *client[WRITERS];
    char *lines[WRITERS];
    char count[16];

    snprintf(count, sizeof count, "%d", WRITERS * n);
    struct half_view *server = start_server(server_side, count);
    for (int w = 0; w < WRITERS; w++) {
        client[w] = start_client(client_side);
        lines[w] = many_lines(words[w], n);
        half_send(client[w], lines[w]);
    }
    settle(server); /* nobody goes before all others have come */
    for (int w = 0; w < WRITERS; w++)
        half_close(client[w]);
    expect_merged(server, lines, WRITERS, WRITERS * n);
    for (int w = 0; w < WRITERS; w++) {
        expect_exit(client[w], 0);
        free(lines[w]);
    }
    expect_exit(server, 0);
}

static void
expect_usage(const char *who, const char *a, const char *b, const char *c)
{
    struct half_view *half = pair_start(STUDENT, who, a, b, c, NULL);

    expect_exit(half, 2);
    expect_output(half, "");
}

void
refuse_server_arguments(void)
{
    expect_usage(server_program(), NULL, NULL, NULL);
    expect_usage(server_program(), "not/a/name", NULL, NULL);
    expect_usage(server_program(), address(), "12x", NULL);
    expect_usage(server_program(), address(), "-1", NULL);
    expect_usage(server_program(), address(), "", NULL);
    expect_usage(server_program(), address(), "1", "2147483648");
    expect_exit(
        pair_start(STUDENT, server_program(), address(), "1", "1", "1", NULL),
        2);
}

void
refuse_client_arguments(void)
{
    expect_usage(client_program(), NULL, NULL, NULL);
    expect_usage(client_program(), "not/a/name", NULL, NULL);
    expect_usage(client_program(), address(), address(), NULL);
}

void
fill_mailbox(struct half_view *server, struct half_view *client)
{
    char *lines = many_lines("", PLENTY);

    half_signal(server, SIGSTOP);
    note("1000 lines while the server is stopped");
    half_send(client, lines);
    free(lines);
}

char *
expected_letters(void)
{
    char *lines = many_lines("", PLENTY);
    char *text = malloc(strlen(lines) + (size_t)PLENTY * 8);
    size_t size = 0;

    if (text == NULL)
        pair_trouble("out of memory");
    for (char *line = strtok(lines, "\n"); line != NULL;
         line = strtok(NULL, "\n"))
        size += write_letter(text + size, line, strlen(line));
    free(lines);
    return text;
}

void
check_server_rests(void)
{
    struct half_view *server = start_server(STUDENT, NULL);
    struct half_view *client = start_client(REFERENCE);

    expect_settled(server);
    pass(client, server, 0);
    expect_settled(server);
    expect_going_on(server, "for more messages");
    pair_again(1);
    expect_one_wait();
}

void
check_client_rests(void)
{
    struct half_view *server = start_server(REFERENCE, NULL);
    struct half_view *client = start_client(STUDENT);

    pass(client, server, 0);
    expect_settled(client);
    expect_going_on(client, "for more lines");
    fill_mailbox(server, client);
    expect_settled(client);
}
