/*
 * objects.c - see objects.h
 */
#include "objects.h"

#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/stat.h>

#include "explain.h"
#include "phrases.h"
#include "text.h"

static const char *const nouns[] = {
    "message queue", "segment", "set of semaphores"};
static const char *const semaphores[] = {"MUTEX", "FREE", "FILLED"};

const int at_rest[SEMAPHORES] = {1, SLOTS, 0};

/* ---- what the lab knows when an item is being lost ---- */

/* The half of that name that was started last, or NULL. */
static struct half_view *
find_half(const char *program)
{
    struct half_view *half;
    struct half_view *found = NULL;

    for (int i = 0; (half = pair_half(i)) != NULL; i++)
        if (strcmp(half->name, program) == 0)
            found = half;
    return found;
}

/* A key that cannot be right: the diagnosis, or NULL. The key of a segment is
 * 0, too, when it was removed while somebody has it attached. */
static const char *
bad_key(const struct census_sysv *object)
{
    if (object->key == IPC_PRIVATE && object->kind != SYSV_SEGMENT)
        return "MQ12";
    return object->key == -1 ? "MQ10" : NULL;
}

static void
tell_objects(void)
{
    const struct census_sysv *list;
    size_t n = pair_sysv(&list);
    char sentence[160];

    for (size_t i = 0; i < n; i++) {
        const char *noun = nouns[list[i].kind];
        if (bad_key(&list[i]) != NULL) {
            snprintf(sentence, sizeof sentence, "there is a %s with the key %s",
                noun,
                list[i].key == -1 ? "-1, as ftok() returns it when it fails"
                                  : "0, which is IPC_PRIVATE");
            explain_id(bad_key(&list[i]), sentence);
        } else if ((list[i].mode & 0600) != 0600) {
            snprintf(sentence, sizeof sentence,
                "the %s has mode %04o: it cannot be opened", noun,
                (unsigned int)list[i].mode);
            explain_id("MQ14", sentence);
        }
    }
}

/* What a half has said, as far as it names the mistake. */
static void
tell_said(struct half_view *half, int is_queue)
{
    size_t size;
    const char *said = half_output(half, 2, &size);
    int is_long = strstr(said, "Argument list too long") != NULL;

    if (half->side == REFERENCE) {
        struct half_view *server = find_half("server");
        if (is_long && server != NULL && server->side != REFERENCE)
            explain_id("MQ1", "the reply is longer than 260 bytes");
    } else if (strstr(said, "semctl") != NULL &&
               strstr(said, "Numerical result out of range") != NULL) {
        explain_id("SV7", "a semaphore counts 0 to 32767, and semctl() was "
                          "given another number");
    } else if (strstr(said, "Interrupted system call") != NULL) {
        explain_id("EINTR1", "");
    } else if (strstr(said, "Permission denied") != NULL &&
               (strstr(said, "sem") != NULL || strstr(said, "shm") != NULL ||
                   strstr(said, "msg") != NULL)) {
        explain_id("MQ14", "");
    } else if (is_long && strcmp(half->name, "server") == 0) {
        explain_id("MQ9", "");
    } else if (strstr(said, "msgsnd") != NULL && is_queue &&
               strstr(said, "Invalid argument") != NULL) {
        explain_id("MQ2", "the queue is there");
    }
}

/* A message that is too long has been sent, and is still there. */
static void
tell_long_message(void)
{
    const struct census_sysv *queue = sysv_only(SYSV_QUEUE);

    if (queue != NULL && queue->count > 0 && queue->bytes >= LONG &&
        strstr(pair_verdict->run, "message of") != NULL)
        explain_id("MQ9", "the message that is too long is still in the queue");
}

/* A server that never rests: it may be talking with itself. It gets a reply to
 * somebody who is not there, and is watched until that is proved again. */
static void
tell_own_replies(void)
{
    struct half_view *server = find_half("server");
    int outcome = pair_verdict->outcome;
    char message[LONGEST];

    if (outcome != OUTCOME_SPINS || server == NULL ||
        server->side == REFERENCE || half_state(server)->has_ended ||
        sysv_send(name(), (long)REPLY + STRANGER, "", MESSAGE_HEAD) == -1)
        return;
    settle(server);
    pair_verdict->outcome = outcome;
    if (sysv_receive(name(), (long)REPLY + STRANGER, message, sizeof message) ==
        -1)
        explain_id("MQ15", "server answers its own replies: it has taken one "
                           "to somebody else out of the queue");
}

/* Everybody waits: for a semaphore that somebody should have posted? */
static void
tell_semaphores(void)
{
    struct half_view *server = find_half("buffer_server");
    struct half_view *client = find_half("buffer_client");
    const struct census_sysv *found = sysv_only(SYSV_SET);
    struct census_sysv set;
    struct buffer buffer;
    char sentence[160];

    if (server == NULL || found == NULL)
        return;
    set = *found;
    const struct census_semaphore *mutex = &set.semaphore[MUTEX];
    if (sysv_fetch(name(), 0, &buffer, sizeof buffer) == -1)
        return;
    int is_server = server->side != REFERENCE;
    int is_client = client != NULL && client->side != REFERENCE;
    if (mutex->value == 0 && mutex->waiting > 0) {
        struct half_view *half;
        for (int i = 0; (half = pair_half(i)) != NULL; i++)
            if (half_state(half)->pid == mutex->last &&
                half->side != REFERENCE) {
                snprintf(sentence, sizeof sentence,
                    "everybody waits, and MUTEX counts 0: %s has changed it "
                    "last",
                    half->name);
                explain_id("SV4", sentence);
            }
    } else if (set.semaphore[FREE].value == 0 &&
               set.semaphore[FREE].waiting > 0 && buffer.tail == 0 &&
               is_server && !is_client) {
        explain_id("SV2", "no slot was ever filled, and FREE counts 0");
    } else if (set.semaphore[FREE].value == 0 &&
               set.semaphore[FREE].waiting > 0 && buffer.head == buffer.tail &&
               is_server && !is_client) {
        explain_id("SV4", "every slot has been taken, but FREE counts 0: "
                          "buffer_server has not posted it");
    } else if (set.semaphore[FILLED].value == 0 &&
               set.semaphore[FILLED].waiting > 0 &&
               buffer.head != buffer.tail && is_server != is_client) {
        snprintf(sentence, sizeof sentence,
            "%lu slots wait between head and tail, and FILLED counts 0%s",
            (unsigned long)(buffer.tail - buffer.head),
            is_client ? ": buffer_client has not posted it" : "");
        explain_id(is_client ? "SV4" : "SV3", sentence);
    }
}

void
tell_mistakes(int is_stuck)
{
    struct half_view *half;

    tell_objects();
    int is_queue = sysv_only(SYSV_QUEUE) != NULL;
    for (int i = 0; (half = pair_half(i)) != NULL; i++)
        tell_said(half, is_queue);
    tell_long_message();
    tell_own_replies();
    if (is_stuck)
        tell_semaphores();
}

/* ---- words of both pairs ---- */

struct half_view *
begin_server(enum side side, const char *program, const char *count)
{
    explain_lab = tell_mistakes;
    struct half_view *server = pair_start(side, program, name(), count, NULL);
    expect_ready(server);
    return server;
}

struct half_view *
begin_client(enum side side, const char *program)
{
    return pair_start(side, program, name(), NULL);
}

void
half_stop(struct half_view *half)
{
    half_signal(half, SIGSTOP);
    settle(half);
}

void
half_go_on(struct half_view *half)
{
    half_signal(half, SIGCONT);
}

/* Is the key made from the file NAME and the letter? (ftok(3) on Linux) */
static int
is_key(int32_t key, uint64_t inode)
{
    return ((uint32_t)key >> 24) == KEY_LETTER &&
           ((uint32_t)key & 0xffff) == (inode & 0xffff);
}

/* Why sysv_only() has found nothing. */
static const char *
none_or_several(enum sysv_kind kind)
{
    const struct census_sysv *list;
    size_t n = pair_sysv(&list);

    for (size_t i = 0; i < n; i++)
        if (list[i].kind == kind)
            return "there are several";
    return "there is none";
}

struct census_sysv
expect_object(struct half_view *half, enum sysv_kind kind)
{
    const struct census_file *file = census_find("work", name());
    uint64_t inode = file != NULL ? file->inode : 0;
    const struct census_sysv *found = sysv_only(kind);
    struct census_sysv object =
        found != NULL ? *found : (struct census_sysv){0};
    char expected[80];

    snprintf(expected, sizeof expected, "one %s under the key ftok(NAME, 'L')",
        nouns[kind]);
    if (found == NULL && half_state(half)->has_ended)
        explain(half, pair_wait(half, UNTIL_ENDED, 0));
    expect_that(half, found != NULL, "", expected, "%s",
        half_state(half)->has_ended ? "there is none, for it has ended"
                                    : none_or_several(kind));
    const char *id = bad_key(&object);
    expect_that(half, inode != 0, id != NULL ? id : "", expected,
        "there is no file NAME");
    expect_that(half, is_key(object.key, inode), id != NULL ? id : "", expected,
        "%s",
        object.key == IPC_PRIVATE
            ? "the key 0: made with IPC_PRIVATE, or removed already"
        : object.key == -1 ? "the key -1: ftok() has failed"
        : ((uint32_t)object.key >> 24) != KEY_LETTER
            ? "a key with another letter"
            : "a key made from another file");
    return object;
}

struct half_view *
begin_held(const char *program)
{
    const struct start held = {.flags = START_HOLD | START_UMASK};
    struct half_view *server =
        pair_start_as(&held, STUDENT, program, name(), NULL);

    explain_lab = tell_mistakes;
    note("umask 0777");
    expect_waiting(server, "for somebody to read its \"ready\"");
    return server;
}

struct census_sysv
expect_made(struct half_view *server, enum sysv_kind kind)
{
    char expected[80];

    if (sysv_only(kind) == NULL) {
        snprintf(expected, sizeof expected,
            "a %s exists before \"ready\" is printed", nouns[kind]);
        half_release(server); /* does it come after "ready", or never? */
        settle(server);
        expect_that(server, 0, sysv_only(kind) != NULL ? "RDY1" : "", expected,
            "%s", none_or_several(kind));
    }
    struct census_sysv made = expect_object(server, kind);
    snprintf(expected, sizeof expected, "a %s of mode 0600", nouns[kind]);
    expect_that(server, made.mode == 0600, "MQ14", expected, "mode %04o",
        (unsigned int)made.mode);
    return made;
}

/* Who has ended says so, since nobody else is there. */
static int
is_removed(struct half_view *server, enum sysv_kind kind)
{
    const struct census_file *file = census_find("work", name());
    uint64_t inode = file != NULL ? file->inode : 0;
    const struct census_sysv *found = sysv_only(kind);
    size_t size;

    if (!half_state(server)->has_ended)
        return inode != 0 && (found == NULL || !is_key(found->key, inode));
    const char *said = half_output(server, 2, &size);
    return strstr(said, "Identifier removed") != NULL ||
           strstr(said, "Invalid argument") != NULL;
}

void
expect_kept(struct half_view *server, enum sysv_kind kind)
{
    char expected[80];

    snprintf(expected, sizeof expected, "the %s stays while the server works",
        nouns[kind]);
    expect_that(server, !is_removed(server, kind), "MQ5", expected,
        "it has been removed");
}

void
expect_key_file(struct half_view *server)
{
    const struct census_file *file = census_find("work", name());

    expect_that(server, file != NULL && S_ISREG(file->mode) && file->size == 0,
        "", "an empty regular file NAME", "%s",
        file == NULL ? "there is none" : "it is not empty");
    expect_private(server, name());
}

void
expect_removed(struct half_view *server)
{
    const struct census_sysv *list;
    size_t n = pair_sysv(&list);
    int is_queue = n > 0 && list[0].kind == SYSV_QUEUE;

    expect_that(server, n == 0, is_queue ? "MQ4" : "SV10",
        "what the server has made is removed, on every way out",
        "the %s is still there", n > 0 ? nouns[list[0].kind] : "");
    expect_left(server, NULL);
}

void
leave_behind(int32_t ids[3])
{
    const int32_t pid = STRANGER;

    pair_make(name(), S_IFREG | 0644, "", 0);
    sysv_make(name(), SYSV_QUEUE, 0);
    sysv_make(name(), SYSV_SEGMENT, 100);
    sysv_make(name(), SYSV_SET, SEMAPHORES);
    sysv_send(name(), REQUEST, &pid, sizeof pid);
    sysv_send(name(), GOODBYE, &pid, sizeof pid);
    sysv_add(name(), FILLED, 5);
    for (int kind = 0; kind < 3; kind++)
        ids[kind] = sysv_certain((enum sysv_kind)kind)->id;
}

static void
expect_replaced(struct half_view *server, enum sysv_kind kind, int32_t id)
{
    const struct census_sysv *object = sysv_only(kind);

    expect_that(server, object == NULL || object->id != id, "MQ6",
        "whatever stood under the key is removed, and the server makes its own",
        "the old %s is still there", nouns[kind]);
}

void
expect_leftovers_gone(struct half_view *server, const int32_t ids[3])
{
    const struct census_file *file = census_find("work", name());
    unsigned int mode = file != NULL ? file->mode & 07777 : 0;

    for (int kind = 0; kind < 3; kind++)
        expect_replaced(server, (enum sysv_kind)kind, ids[kind]);
    expect_that(server, mode == 0600, mode == 0644 ? "MODE2" : "",
        "the key file that was left behind gets mode 0600", "mode %04o", mode);
}

void
begin_run(void)
{
    pair_verdict->run[0] = '\0';
}

/* first, second: arguments, or NULL. */
static struct half_view *
begin_anew(const char *program, const char *first, const char *second)
{
    begin_run();
    return pair_start(STUDENT, program, first, second, NULL);
}

struct half_view *
begin_over(const char *program)
{
    size_t size;
    struct half_view *server = begin_anew(program, name(), NULL);

    explain_lab = tell_mistakes;
    note("a crash has left key file, queue, segment and semaphores");
    settle(server);
    const char *said = half_output(server, 2, &size);
    if (half_state(server)->has_ended && strstr(said, "shmget") != NULL &&
        sysv_only(SYSV_SEGMENT) != NULL)
        explain_id("SV9", "the old segment, of 100 bytes, is still there");
    expect_ready(server);
    return server;
}

void
expect_refused(
    const char *program, mode_t mode, const char *bytes, const char *what)
{
    char text[16] = "";
    const size_t size = strlen(bytes);

    if (S_ISLNK(mode))
        pair_make(bytes, S_IFREG | 0600, "", 0);
    pair_make(name(), mode, bytes, size + S_ISLNK(mode));
    struct half_view *server = begin_anew(program, name(), NULL);
    note(what);
    settle(server);
    if (S_ISLNK(mode) && half_state(server)->lines > 0)
        explain_id("LNK1", "");
    expect_exit(server, 1);
    expect_said(server, name(), NULL);
    expect_output(server, "");
    expect_left(server, name(), S_ISLNK(mode) ? bytes : NULL, NULL);
    expect_untouched(server, mode & S_IFMT, what);
    expect_that(server,
        !S_ISREG(mode) ||
            (pair_read(name(), text, sizeof text) == (ssize_t)size &&
                strcmp(text, bytes) == 0),
        "", "the file keeps its contents", "they have changed");
    pair_remove(name());
    if (S_ISLNK(mode))
        pair_remove(bytes);
}

void
expect_usage(const char *program, const char *first, const char *second)
{
    struct half_view *half = begin_anew(program, first, second);

    expect_exit(half, 2);
    expect_left(half, NULL);
}

void
expect_no_server(const char *program, const char *left)
{
    const struct census_sysv *list;
    struct half_view *client = begin_anew(program, name(), NULL);

    if (left != NULL)
        note("there is a key file, and nothing under the key");
    settle(client);
    size_t n = pair_sysv(&list);
    const char *id = n > 0 ? bad_key(&list[0]) : NULL;
    expect_that(client, n == 0, id != NULL ? id : "MQ13",
        "a client makes nothing", "it has made a %s",
        n > 0 ? nouns[list[0].kind] : "");
    expect_exit(client, 1);
    expect_said(client, NULL);
    expect_output(client, "");
    expect_left(client, left, NULL);
}

/* Two empty lines, one of every byte that a line can have, one of letters:
 * as long as may be. Returns their size. */
static size_t
fill_odd_lines(char *lines, size_t limit)
{
    memcpy(lines, "\n\n", 2);
    nonce_any(lines + 2, limit);
    lines[2 + limit] = '\n';
    nonce_letters(lines + 3 + limit, limit);
    lines[3 + 2 * limit] = '\n';
    return 4 + 2 * limit;
}

/* Whoever has something to do does it before more is sent: what a line finds
 * is no matter of luck, even if a half does wrong. */
static void
send_alone(struct half_view *client, const char *bytes, size_t size)
{
    settle(client);
    half_send_bytes(client, bytes, size);
}

/* These lines, and one without an end. */
static void
send_lines_alone(struct half_view *client, const char *lines, size_t size)
{
    const char *end = lines + size;

    while (lines < end) {
        size_t length =
            (size_t)((const char *)memchr(lines, '\n', (size_t)(end - lines)) -
                     lines) +
            1;
        send_alone(client, lines, length);
        lines += length;
    }
    send_alone(client, nonce(0), strlen(nonce(0)));
}

void
send_too_long(struct half_view *client, size_t limit)
{
    char line[TEXT_LIMIT + 1];

    half_send(client, nonce_line(1));
    memset(line, 'x', sizeof line);
    send_alone(client, line, limit + 1);
}

/* ---- words of the first pair ---- */

void
expect_reply(struct half_view *client, int serial, const char *text)
{
    char line[TEXT_LIMIT + 16];

    snprintf(line, sizeof line, "%d: %s", serial, text);
    expect_line(client, line);
}

void
post_message(long type, int32_t pid, const char *text, size_t size)
{
    static struct {
        int32_t pid;
        char text[LONGEST];
    } message;

    message.pid = pid;
    memcpy(message.text, text, strlen(text));
    sysv_send(name(), type, &message, size);
}

void
post_text_message(long type, int32_t pid, const char *text)
{
    post_message(type, pid, text, MESSAGE_HEAD + strlen(text));
}

void
expect_stored_reply(
    struct half_view *server, int32_t pid, uint32_t serial, const char *text)
{
    struct {
        uint32_t serial;
        char text[LONGEST];
    } reply;
    const ssize_t right = MESSAGE_HEAD + (ssize_t)strlen(text);
    char expected[160] = "";
    char got[300] = "";

    text_add(expected, sizeof expected,
        "a message of type REPLY + pid: serial %lu and text ",
        (unsigned long)serial);
    text_quote(expected, sizeof expected, text, strlen(text));
    ssize_t size =
        sysv_receive(name(), (long)REPLY + pid, &reply, sizeof reply);
    expect_that(server, size >= MESSAGE_HEAD, "", expected, "%s",
        size == -1 ? "no message of that type" : "a message that is too short");
    text_add(
        got, sizeof got, "serial %lu and text ", (unsigned long)reply.serial);
    text_quote(got, sizeof got, reply.text, (size_t)size - MESSAGE_HEAD);
    int is_long = size == (ssize_t)sizeof(struct lab_reply) ||
                  size == right + (ssize_t)sizeof(long);
    expect_that(server,
        size == right && reply.serial == serial &&
            memcmp(reply.text, text, strlen(text)) == 0,
        is_long ? "MQ1" : "", expected, "%s", got);
}

void
expect_stored_request(struct half_view *client, const char *text)
{
    struct {
        int32_t pid;
        char text[LONGEST];
    } message;
    const ssize_t right = MESSAGE_HEAD + (ssize_t)strlen(text);
    char expected[160] = "";
    char got[300] = "";
    long pid = half_state(client)->pid;

    text_add(expected, sizeof expected,
        "a message of type REQUEST: its process ID and the text ");
    text_quote(expected, sizeof expected, text, strlen(text));
    ssize_t size = sysv_receive(name(), REQUEST, &message, sizeof message);
    if (size == -1)
        tell_mistakes(0);
    const struct census_sysv *queue = sysv_only(SYSV_QUEUE);
    expect_that(client, size >= MESSAGE_HEAD, "", expected, "%s",
        size != -1                          ? "a message that is too short"
        : queue != NULL && queue->count > 0 ? "a message of another type"
                                            : "no message in the queue");
    text_add(got, sizeof got, "%s process ID and the text ",
        message.pid == pid ? "its" : "another");
    text_quote(got, sizeof got, message.text, (size_t)size - MESSAGE_HEAD);
    int is_long = size == (ssize_t)sizeof(struct lab_request) ||
                  size == right + (ssize_t)sizeof(long);
    expect_that(client,
        message.pid == pid && size == right &&
            memcmp(message.text, text, strlen(text)) == 0,
        is_long ? "MQ1" : "", expected, "%s", got);
    sysv_send(name(), REQUEST, &message, (size_t)size);
}

void
expect_stored_goodbye(struct half_view *client)
{
    char message[LONGEST] = "";
    int32_t pid;

    ssize_t size = sysv_receive(name(), GOODBYE, message, sizeof message);
    if (size == -1)
        tell_objects();
    int is_queue = sysv_only(SYSV_QUEUE) != NULL;
    expect_that(client, size >= MESSAGE_HEAD,
        size == -1 && is_queue ? "BYE1" : "",
        "a message of type GOODBYE at the end", "%s",
        !is_queue    ? "the queue is gone"
        : size == -1 ? "no such message in the queue"
                     : "it is too short");
    memcpy(&pid, message, sizeof pid);
    expect_that(client, pid == half_state(client)->pid, "",
        "the client's process ID in the goodbye", "another process ID");
    sysv_send(name(), GOODBYE, message, (size_t)size);
}

/* Others have asked before: nobody knows the next serial. Returns it. */
static int
ask_before(void)
{
    const int before = 1 + (int)(nonce_number(9) % 7);

    for (int i = 0; i < before; i++)
        post_text_message(REQUEST, STRANGER, nonce(9));
    note("after requests of another process");
    return before + 1;
}

void
talk_by_queue(enum side server_side, enum side client_side)
{
    struct half_view *server = begin_server(server_side, "server", "1");
    struct half_view *client = begin_client(client_side, "client");
    int serial = client_side != REFERENCE ? ask_before() : 1;

    for (int i = 0; i < 3; i++) {
        /* What both halves are the student's need not be a queue. */
        int is_unproved = i == 1 && server_side == client_side;
        if (is_unproved)
            half_stop(server);
        send_alone(client, nonce_line(i), strlen(nonce_line(i)));
        if (is_unproved) {
            settle(client);
            expect_stored_request(client, nonce(i));
            half_go_on(server);
        }
        expect_reply(client, serial + i, nonce(i));
    }
    half_close(client);
    expect_output(client, "");
    expect_exit(client, 0);
    if (server_side == REFERENCE)
        return;
    expect_output(server, "");
    expect_exit(server, 0);
}

void
talk_oddly_by_queue(enum side server_side, enum side client_side)
{
    static char lines[4 + 2 * TEXT_LIMIT];
    static char replies[sizeof lines + 64];
    struct half_view *server = begin_server(server_side, "server", NULL);
    struct half_view *client = begin_client(client_side, "client");
    size_t size = fill_odd_lines(lines, TEXT_LIMIT);
    size_t n = 0;
    int serial = 0;

    note("two empty lines, 256 bytes of any kind, 256 letters, no last '\\n'");
    send_lines_alone(client, lines, size);
    half_close(client);
    for (char *line = lines; line < lines + size; serial++) {
        size_t length =
            (size_t)((char *)memchr(line, '\n', TEXT_LIMIT + 1) - line) + 1;
        n += (size_t)snprintf(replies + n, 8, "%d: ", serial + 1);
        memcpy(replies + n, line, length);
        n += length;
        line += length;
    }
    n += (size_t)snprintf(
        replies + n, sizeof replies - n, "%d: %s\n", serial + 1, nonce(0));
    expect_output_bytes(client, replies, n);
    expect_exit(client, 0);
    if (server->side == REFERENCE)
        return;
    post_text_message(REQUEST, INT32_MAX, nonce(1));
    settle(server);
    expect_no_crash(server);
}

void
plant_replies(void)
{
    for (int i = 0; i < 2; i++)
        post_text_message(
            (long)REPLY + (i == 0 ? 1 : STRANGER), 999, "not yours");
}

void
expect_planted(struct half_view *client)
{
    char bytes[64];

    for (int i = 0; i < 2; i++)
        expect_that(client,
            sysv_receive(name(), (long)REPLY + (i == 0 ? 1 : STRANGER), bytes,
                sizeof bytes) != -1,
            "MQ11", "replies to others stay in the queue", "one is gone");
}

void
expect_replies(struct half_view *client, const char *lines,
    unsigned long highest, char *is_given)
{
    size_t size;
    char expected[80];

    expect_exit(client, 0);
    const char *output = half_output(client, 1, &size) + client->taken;
    while (*lines != '\0') {
        size_t length = strcspn(lines, "\n");
        char *text;
        unsigned long serial = strtoul(output, &text, 10);
        int is_right = serial > 0 && serial <= highest && !is_given[serial] &&
                       strncmp(text, ": ", 2) == 0 &&
                       strncmp(text + 2, lines, length + 1) == 0;
        snprintf(expected, sizeof expected,
            "a serial of its own, and the text \"%.*s\"", (int)length, lines);
        expect_that(client, is_right, "", expected, "\"%.*s\"",
            (int)strcspn(output, "\n") % 100, output);
        is_given[serial] = 1;
        lines += length + 1;
        output = text + 2 + length + 1;
    }
}

/* ---- words of the second pair ---- */

void
fetch_buffer(struct half_view *half, struct buffer *buffer)
{
    memset(buffer, 0, sizeof *buffer);
    expect_that(half, sysv_fetch(name(), 0, buffer, sizeof *buffer) == 0, "",
        "a segment of 1032 bytes", "there is none");
}

void
expect_counts(struct half_view *half, const char *id, const char *when,
    const int low[SEMAPHORES], const int high[SEMAPHORES])
{
    const struct census_sysv *set = sysv_only(SYSV_SET);
    char expected[160] = "";
    char got[160] = "";
    int is_right = set != NULL && set->count >= SEMAPHORES;
    int is_rest = 1;

    text_add(expected, sizeof expected, "%s:", when);
    for (int i = 0; i < SEMAPHORES; i++) {
        int value = is_right ? set->semaphore[i].value : -1;
        is_rest = is_rest && value == at_rest[i];
        text_add(expected, sizeof expected, "%s %s counts %d", i > 0 ? "," : "",
            semaphores[i], high[i]);
        if (low[i] < high[i])
            text_add(expected, sizeof expected, ", or down to %d", low[i]);
        text_add(got, sizeof got, "%s%s counts %d", i > 0 ? ", " : "",
            semaphores[i], value);
    }
    for (int i = 0; i < SEMAPHORES && is_right; i++)
        is_right = set->semaphore[i].value >= low[i] &&
                   set->semaphore[i].value <= high[i];
    /* If nobody has done anything, it is not the counts that are wrong. */
    expect_that(half, is_right, is_rest ? "" : id, expected, "%s",
        set == NULL               ? "there are no semaphores"
        : set->count < SEMAPHORES ? "there are fewer semaphores"
                                  : got);
}

int
mutex_counts(void)
{
    const struct census_sysv *set = sysv_only(SYSV_SET);

    return set != NULL ? set->semaphore[MUTEX].value : -1;
}

void
expect_at_rest(struct half_view *half, const char *id)
{
    expect_counts(half, id, "at rest", at_rest, at_rest);
}

void
put_slot(struct half_view *half, uint32_t length, const char *text)
{
    struct buffer buffer;

    fetch_buffer(half, &buffer);
    uint32_t number = buffer.tail++ % SLOTS;
    uint64_t at = offsetof(struct buffer, slots) + number * sizeof(struct slot);
    expect_that(half, sysv_add(name(), FREE, -1) == 0, "",
        "as many free slots as have not been put", "FREE counts 0");
    sysv_store(name(), at, &length, sizeof length);
    sysv_store(name(), at + offsetof(struct slot, text), text, strlen(text));
    sysv_store(name(), offsetof(struct buffer, tail), &buffer.tail,
        sizeof buffer.tail);
}

void
put_slot_text(struct half_view *half, const char *text)
{
    put_slot(half, (uint32_t)strlen(text), text);
}

void
take_mutex(struct half_view *half)
{
    expect_that(half, sysv_add(name(), MUTEX, -1) == 0, "SV4",
        "MUTEX can be taken while everybody waits", "it cannot");
}

void
give_mutex(void)
{
    sysv_add(name(), MUTEX, 1);
}

void
expect_patient_server(struct half_view *server, const char *text)
{
    struct buffer buffer;

    take_mutex(server);
    put_slot_text(server, text);
    sysv_add(name(), FILLED, 1);
    note("MUTEX is taken");
    settle(server);
    fetch_buffer(server, &buffer);
    expect_that(server, buffer.head == 0 && half_state(server)->lines == 1,
        "SV1", "while somebody else has MUTEX, the server takes no slot",
        "head is %lu", (unsigned long)buffer.head);
}

void
talk_by_buffer(enum side server_side, enum side client_side)
{
    struct half_view *server = begin_server(server_side, "buffer_server", "2");
    struct half_view *client = begin_client(client_side, "buffer_client");
    char got[120] = "";
    size_t size;

    half_send(client, nonce_line(0));
    expect_line(server, nonce(0));
    struct half_view *second = begin_client(client_side, "buffer_client");
    for (int i = 1; i < 20; i++) {
        half_send(i % 2 ? second : client, nonce_line(i));
        expect_line(server, nonce(i));
    }
    half_close(client);
    expect_exit(client, 0);
    if (server_side == REFERENCE)
        return;
    expect_settled(server);
    expect_waiting(server, "for one more end mark");
    half_close(second);
    expect_exit(second, 0);
    expect_output(server, "");
    expect_exit(server, 0);
    const char *said = half_output(server, 2, &size);
    text_quote(got, sizeof got, said, size);
    expect_that(server, size == 0, "",
        "nothing on standard error, which is for trouble only", "%s", got);
}

void
talk_oddly_by_buffer(enum side server_side, enum side client_side)
{
    static char lines[4 + 2 * SLOT_TEXT_LIMIT + 32];
    struct half_view *server = begin_server(server_side, "buffer_server", NULL);
    struct half_view *client = begin_client(client_side, "buffer_client");
    size_t size = fill_odd_lines(lines, SLOT_TEXT_LIMIT);

    note("two empty lines, 124 bytes of any kind, 124 letters, no last '\\n'");
    send_lines_alone(client, lines, size);
    half_close(client);
    size += (size_t)sprintf(lines + size, "%s", nonce_line(0));
    expect_exit(client, 0);
    settle(server);
    half_signal(server, SIGTERM); /* the end mark is for another item */
    expect_output_bytes(server, lines, size);
}

void
expect_slot(struct half_view *client, uint32_t tail, const char *text)
{
    struct buffer buffer;
    char expected[160] = "";
    char got[300] = "";
    size_t length = strlen(text);

    fetch_buffer(client, &buffer);
    const struct slot *slot = &buffer.slots[(tail - 1) % SLOTS];
    if (buffer.tail < tail)
        tell_semaphores();
    text_add(expected, sizeof expected, "tail %lu, and in the slot before it ",
        (unsigned long)tail);
    text_quote(expected, sizeof expected, text, length);
    text_add(got, sizeof got,
        "tail %lu, and in the slot %lu bytes: ", (unsigned long)buffer.tail,
        (unsigned long)slot->length);
    text_quote(got, sizeof got, slot->text, length);
    expect_that(client,
        buffer.tail == tail && slot->length == length &&
            memcmp(slot->text, text, length) == 0,
        "", expected, "%s", got);
}

void
expect_patient_clients(struct half_view *client, uint32_t tail)
{
    struct buffer buffer;

    settle(client);
    fetch_buffer(client, &buffer);
    expect_that(client, buffer.tail == tail, "SV1",
        "while somebody else has MUTEX, nobody puts anything",
        "tail is %lu, not %lu", (unsigned long)buffer.tail,
        (unsigned long)tail);
}

void
skip_line(struct half_view *server, const char *line)
{
    size_t size;
    const char *output = half_output(server, 1, &size) + server->taken;
    size_t length = strlen(line);

    if (strncmp(output, line, length) != 0)
        return;
    server->taken += length;
    server->taken_lines++;
}

void
expect_all_lines(struct half_view *server, char *const lines[], int n)
{
    const char *next[PRODUCERS];
    size_t size;
    char got[200] = "";

    const char *output = half_output(server, 1, &size) + server->taken;
    for (int i = 0; i < n; i++)
        next[i] = lines[i];
    while (*output != '\0') {
        size_t length = strcspn(output, "\n") + 1;
        int i = 0;
        while (i < n && strncmp(next[i], output, length) != 0)
            i++;
        text_quote(got, sizeof got, output, length - 1);
        expect_that(server, i < n, "",
            "the lines of each producer, whole, once and in their order",
            "another line: %s", got);
        got[0] = '\0';
        next[i] += length;
        output += length;
    }
    for (int i = 0; i < n; i++)
        expect_that(server, *next[i] == '\0', "", "all lines of each producer",
            "the end, without line \"%.*s\"", (int)strcspn(next[i], "\n"),
            next[i]);
}
