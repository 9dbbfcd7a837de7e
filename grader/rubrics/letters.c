/*
 * letters.c - see letters.h
 */
#include "letters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "../../labs/04-mailslot/protocol.h"
#include "difference.h"
#include "expect.h"
#include "explain.h"
#include "lose.h"
#include "nonce.h"
#include "phrases.h"
#include "text.h"
#include "windows.h"

int is_domain;
int has_long_name;

/* What was done so far: for tell(). */
static int has_sent_empty;
static const char *timeout_given = "0";
static char stranger[4000]; /* the text of a letter that is too long */
static size_t stranger_size;

const char *
server_program(void)
{
    return is_domain ? "domain_server" : "server";
}

const char *
client_program(void)
{
    return is_domain ? "domain_client" : "client";
}

static unsigned int
swapped(unsigned int port)
{
    return port >> 8 | (port & 0xff) << 8;
}

/* In the wrong byte order its port is a free one, too: neither the same nor one
 * that only root may use. */
const char *
domain(void)
{
    static char text[NAME_LIMIT + 1];

    for (int i = 0; i == 0 || swapped(domain_port(text)) < 1024 ||
                    swapped(domain_port(text)) == domain_port(text);
         i++)
        snprintf(
            text, sizeof text, has_long_name ? "%s%055d" : "%s%d", name(), i);
    return text;
}

const char *
neighbour(void)
{
    static char text[NAME_LIMIT + 1];

    for (int i = 0; i == 0 || domain_port(text) != domain_port(domain()); i++)
        snprintf(text, sizeof text, "%s_%d", domain(), i);
    return text;
}

const char *
address(void)
{
    return is_domain ? domain() : name();
}

const char *
slot_file(void)
{
    return is_domain || pair_target()->has_wine ? NULL : name();
}

const char *
either(const char *posix, const char *win32)
{
    return pair_target()->has_wine ? win32 : posix;
}

/* A TIMEOUT that may pass while the item lasts. */
static int
is_short(void)
{
    return strlen(timeout_given) < 3 && strcmp(timeout_given, "0") != 0;
}

/* ---- why an item was lost ---- */

/* The name of a slot may be written as "x", as "./x", or with all folders. */
static const char *
last_part(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

static int
is_good_socket(const struct census_socket *socket)
{
    char expected[SOCKET_NAME];

    if (socket->family != (is_domain ? AF_INET : AF_UNIX) ||
        socket->type != SOCK_DGRAM)
        return 0;
    snprintf(expected, sizeof expected, "%s:%d", DOMAIN_ADDRESS,
        domain_port(domain()));
    return is_domain ? strcmp(socket->bound, expected) == 0
                     : strcmp(last_part(socket->bound), name()) == 0;
}

/* The half's sockets: the one that it should have, or else any. Returns 0 if
 * it has none at all. */
static int
find_socket(const struct half_view *half, struct census_socket *found)
{
    const struct census_process *process = find_process(half);

    memset(found, 0, sizeof *found);
    for (uint32_t i = 0; process != NULL && i < process->fds; i++)
        if (process->fd[i].socket.family != 0 &&
            (found->family == 0 || is_good_socket(&process->fd[i].socket)))
            *found = process->fd[i].socket;
    return found->family != 0;
}

int
is_bound(const struct half_view *server)
{
    struct census_socket socket;

    return find_socket(server, &socket) && is_good_socket(&socket);
}

/* "address:port" is where the domain's letters go? Tells what is wrong. */
static void
tell_inet(const struct half_view *half, const char *place, int is_server)
{
    const char *colon = strchr(place, ':');
    unsigned int port = domain_port(domain());
    char sentence[240];

    if (colon == NULL)
        return;
    snprintf(sentence, sizeof sentence, "%s has %s its socket to %s",
        half->name, is_server ? "bound" : "connected", place);
    if ((unsigned int)atoi(colon + 1) == swapped(port)) {
        text_add(sentence, sizeof sentence,
            ": the port of NAME is %u, and that is %s with its two bytes "
            "swapped",
            port, colon + 1);
        explain_id("SO2", sentence);
    } else if (strncmp(place, DOMAIN_ADDRESS ":", sizeof DOMAIN_ADDRESS)) {
        text_add(sentence, sizeof sentence,
            ", and the letters of the domain go to " DOMAIN_ADDRESS ":%u",
            port);
        explain_id("SO11", sentence);
    } else if ((unsigned int)atoi(colon + 1) != port) {
        text_add(
            sentence, sizeof sentence, ", and the port of NAME is %u", port);
        explain_id("", sentence);
    }
}

static void
tell_socket(const struct half_view *half, int is_server)
{
    struct census_socket socket;
    char sentence[160];

    if (!find_socket(half, &socket)) {
        snprintf(sentence, sizeof sentence, "%s has no socket", half->name);
        if (is_server)
            explain_id("MS18", sentence);
        return;
    }
    if (socket.type != SOCK_DGRAM) {
        snprintf(sentence, sizeof sentence, "the socket of %s is a %s socket",
            half->name,
            socket.type == SOCK_STREAM ? "stream" : "wrong kind of");
        explain_id("MS13", sentence);
    } else if (socket.family == AF_INET && is_domain) {
        tell_inet(half, is_server ? socket.bound : socket.peer, is_server);
    } else if (is_server && !is_good_socket(&socket)) {
        snprintf(sentence, sizeof sentence,
            "the socket of %s is bound to %.64s", half->name,
            socket.bound[0] != '\0' ? last_part(socket.bound) : "no name");
        explain_id("MS18", sentence);
    }
}

void
tell_endless(const struct half_view *server, int is_stuck)
{
    char sentence[120];

    if (strcmp(timeout_given, "0") == 0 || (!is_stuck && !is_short()))
        return;
    snprintf(sentence, sizeof sentence,
        is_stuck ? "%s got the TIMEOUT %s and waits without any limit"
                 : "%s got the TIMEOUT %s and goes on for seconds",
        server->name, timeout_given);
    explain_id(either("MS10", "WM3"), sentence);
}

/* Both halves were at work, then came an empty letter, and one has ended. */
static void
tell_empty(const struct half_view *half, const struct half_view *server)
{
    uint32_t lines = half_state(server)->lines; /* "ready", first, empty */
    char sentence[120];

    if (!has_sent_empty || half_state(half)->status != 0 || lines < 2 ||
        lines > 3 || (half != server && half_state(server)->has_ended))
        return;
    snprintf(sentence, sizeof sentence,
        "%s has ended (exit status 0) when an empty %s came", half->name,
        half == server ? "message" : "line");
    explain_id("MS7", sentence);
}

static void
tell_ended_client(struct half_view *client)
{
    size_t size;
    const char *said = half_output(client, 2, &size);

    if (half_state(client)->status == 0)
        return;
    if (is_domain && strstr(said, "Permission denied") != NULL)
        explain_id("SO10", "whoever sends to everybody without leave gets "
                           "\"Permission denied\" (EACCES)");
    if (!is_domain && strstr(said, "Protocol wrong type") != NULL)
        explain_id("MS13", "the client's socket is of another type than the "
                           "server's");
}

/* Nobody in this lab ever writes to a client. */
static void
tell_waiting(struct half_view *client)
{
    char words[96];

    snprintf(words, sizeof words, "%s waits for a message at", client->name);
    if (strstr(pair_wait(client, UNTIL_SETTLED, 0)->cause, words) != NULL)
        explain_id("MS12", "");
}

void
tell_mail_posix(int is_stuck)
{
    struct half_view *server = NULL;
    struct half_view *half;

    /* What is in the middle of its beginning or end is not what it seems. */
    if (!is_stuck)
        pair_wait(pair_half(0), UNTIL_RESTING, 0);
    for (int i = 0; (half = pair_half(i)) != NULL; i++) {
        int is_server = strcmp(half->name, server_program()) == 0;
        int has_ended = half_state(half)->has_ended;
        if (is_server)
            server = half;
        if (half->side == REFERENCE)
            continue;
        if (has_ended && server != NULL)
            tell_empty(half, server);
        if (has_ended && !is_server)
            tell_ended_client(half);
        if (!has_ended && !is_server && is_stuck)
            tell_waiting(half);
        if (!has_ended && is_server)
            tell_endless(half, is_stuck);
        if (!has_ended && (!is_server || half_state(half)->lines > 0))
            tell_socket(half, is_server);
    }
    if (is_domain && is_stuck && server != NULL && server->side == REFERENCE &&
        half_state(server)->lines == 1 && pair_verdict->id[0] == '\0')
        explain_id("", "the reference drops, without a word, whatever does not "
                       "begin with NAME and '\\0'");
}

/* ---- letters ---- */

size_t
write_letter(char line[LETTER_ROOM], const char *bytes, size_t size)
{
    size_t head = (size_t)sprintf(line, "%zu: ", size);

    memcpy(line + head, bytes, size);
    memcpy(line + head + size, "\n", 2);
    return head + size + 1;
}

/* A text that is shorter than the letter and begins like it. */
static void
tell_cut(const struct half_view *server, const char *bytes, size_t size,
    size_t length)
{
    char sentence[120];

    if (difference_is_first_zero(bytes, size, length)) {
        explain_id("NUL1", "");
        return;
    }
    snprintf(sentence, sizeof sentence,
        "of a message of %zu bytes only the first %zu are there", size, length);
    explain_id(
        server->side == REFERENCE ? either("", "WM7") : either("MS1", "WM5"),
        sentence);
}

/* A text that is longer than the letter; number: what stands before it. */
static void
tell_more(
    const struct half_view *server, size_t number, size_t size, size_t length)
{
    char sentence[160];

    if (number == size && server->side != REFERENCE) {
        snprintf(sentence, sizeof sentence,
            "%zu bytes are printed of a message of %zu", length, size);
        explain_id("AP7", sentence);
    } else if (number > size && server->side == REFERENCE) {
        snprintf(sentence, sizeof sentence,
            "for a line of %zu bytes a message of %zu was sent", size, number);
        explain_id(either("MS15", "WM7"), sentence);
    }
}

/* What is wrong with a printed line, if that can be seen. */
static void
tell_letter(const struct half_view *server, const char *line, size_t line_size,
    const char *bytes, size_t size)
{
    char *text;
    size_t number = strtoul(line, &text, 10);

    if (strncmp(line, "timeout", 7) == 0 && !is_short())
        explain_id(either("MS10", "WM3"), "");
    if (text == line || strncmp(text, ": ", 2) != 0)
        return;
    text += 2;
    size_t length = line_size - (size_t)(text - line);
    if (length > 0 && text[length - 1] == '\n')
        length--;
    if (difference_is_formatted(bytes, size, text, length))
        explain_id("FMT1", "");
    if (length > 0 && length <= stranger_size &&
        memcmp(text, stranger, length) == 0)
        explain_id(length == stranger_size ? "MS5" : "MS1",
            "this is the message of 425 bytes, which is too long");
    else if (length > 0 && length < size && memcmp(text, bytes, length) == 0)
        tell_cut(server, bytes, size, length);
    else if ((size > 0 || number == 0) && length >= size &&
             memcmp(text, bytes, size) == 0)
        tell_more(server, number, size, length);
}

void
expect_letter(struct half_view *server, const char *bytes, size_t size)
{
    struct verdict *verdict = pair_verdict;
    char whole[LETTER_ROOM];
    size_t length = write_letter(whole, bytes, size);
    struct reply reply =
        *pair_wait(server, UNTIL_LINES, server->taken_lines + 1);
    size_t rest;
    const char *line = half_output(server, 1, &rest) + server->taken;

    rest -= server->taken;
    const char *end = memchr(line, '\n', rest);
    size_t got = end != NULL ? (size_t)(end - line) + 1 : rest;
    if (expect_is_same(server, whole, length, line, got)) {
        server->taken += got;
        server->taken_lines++;
        return;
    }
    text_quote(verdict->expected, sizeof verdict->expected, whole, length);
    lose_got(line, got);
    tell_letter(server, line, got, bytes, size);
    if (reply.outcome == OUTCOME_STUCK)
        explain_buffer(server, whole);
    if (verdict->id[0] == '\0')
        explain(server, &reply);
    lose(server);
}

void
expect_text(struct half_view *server, const char *text)
{
    expect_letter(server, text, strlen(text));
}

void
send_odd_lines(struct half_view *client)
{
    char line[TEXT_LIMIT + 1];

    note(either("two empty lines, a short one, 424 bytes of any kind, 424 "
                "letters, no last '\\n'",
        "a short line, 424 bytes of any kind, 424 letters, no last '\\n'"));
    line[TEXT_LIMIT] = '\n';
    if (!pair_target()->has_wine) { /* which has no empty messages */
        has_sent_empty = 1;
        half_send(client, "\n\n");
    }
    half_send(client, nonce_line(1));
    nonce_any(line, TEXT_LIMIT);
    half_send_bytes(client, line, sizeof line);
    nonce_letters(line, TEXT_LIMIT);
    half_send_bytes(client, line, sizeof line);
    half_send(client, "no end");
    half_close(client);
}

void
expect_odd_letters(struct half_view *server)
{
    char text[TEXT_LIMIT];

    if (!pair_target()->has_wine) {
        expect_text(server, "");
        expect_text(server, "");
    }
    expect_text(server, nonce(1));
    nonce_any(text, TEXT_LIMIT);
    expect_letter(server, text, TEXT_LIMIT);
    nonce_letters(text, TEXT_LIMIT);
    expect_letter(server, text, TEXT_LIMIT);
    expect_text(server, "no end");
}

/* Who keeps a slot open keeps its name, too, when the server has gone. */
static void
post_by_stranger(const char *bytes, size_t size)
{
    char digits[2 * TEXT_LIMIT + 1] = "";

    for (size_t i = 0; i < size && i < TEXT_LIMIT; i++)
        snprintf(digits + 2 * i, 3, "%02x", (unsigned char)bytes[i]);
    ask_stranger("open-slot p %s", name());
    ask_stranger("write p %s", digits);
    ask_stranger("close p");
}

void
post(const char *bytes, size_t size)
{
    char message[NAME_LIMIT + 1 + sizeof stranger];
    size_t head = is_domain ? strlen(domain()) + 1 : 0;

    if (pair_target()->has_wine) {
        post_by_stranger(bytes, size);
        return;
    }
    memcpy(message, domain(), head);
    memcpy(message + head, bytes, size);
    pair_datagram(
        name(), is_domain ? domain_port(domain()) : 0, message, head + size);
}

void
post_too_long(size_t size)
{
    memset(stranger, 's', size);
    memcpy(stranger, nonce(6), strlen(nonce(6)));
    stranger_size = size;
    post(stranger, size);
}

struct half_view *
run_server_as(const struct start *start, enum side side, const char *count,
    const char *timeout)
{
    timeout_given = timeout != NULL ? timeout : "0";
    explain_lab = pair_target()->has_wine ? tell_mail_win32 : tell_mail_posix;
    return pair_start_as(
        start, side, server_program(), address(), count, timeout, NULL);
}

struct half_view *
run_server(enum side side, const char *count, const char *timeout)
{
    const struct start simply = {0};

    return run_server_as(&simply, side, count, timeout);
}

struct half_view *
start_server(enum side side, const char *count)
{
    struct half_view *server = run_server(side, count, NULL);

    expect_line(server, "ready");
    settle(server);
    return server;
}

struct half_view *
start_client(enum side side)
{
    return pair_start(side, client_program(), address(), NULL);
}

void
pass(struct half_view *client, struct half_view *server, int n)
{
    half_send(client, nonce_line(n));
    expect_text(server, nonce(n));
}

void
put_away(struct half_view *server)
{
    half_kill(server);
    if (slot_file() != NULL)
        pair_remove(name());
}
