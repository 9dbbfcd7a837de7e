/*
 * 04-win32.c - how lab 04 is marked on Win32
 *
 * As on POSIX (04-mailslot.c), but there is one pair, and Wine's mailslots lack
 * some of what Windows has: empty messages, the largest message, an error for
 * who writes to a slot that is gone, and a name that goes although somebody
 * still has the slot open for writing.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "deadlines.h"
#include "explain.h"
#include "labs.h"
#include "mail.h"
#include "mistakes.h"
#include "phrases.h"
#include "windows.h"

enum {
    SHARE_READ_AND_WRITE = 3, /* FILE_SHARE_READ | FILE_SHARE_WRITE */
    AGAIN = 20                /* calls for nothing, before it is a habit */
};

#define READING UINT64_C(0x80000000) /* GENERIC_READ */

/* ---- what the log of a half says ---- */

static const char *
making_call(const struct half_view *half)
{
    return strcmp(half->name, "server") == 0 ? "CreateMailslot("
                                             : "CreateFile(";
}

/* The call that makes the slot of this NAME, or opens it; or NULL. */
static const struct relay_call *
find_slot_call(const struct half_view *half)
{
    const char *words = making_call(half);
    const struct relay_call *call;
    char begin[120];

    snprintf(begin, sizeof begin, "%s\"\\\\.\\mailslot\\%s\",", words, name());
    for (int n = 0; (call = find_win32_call(half, words, n)) != NULL; n++)
        if (strncasecmp(call->what, begin, strlen(begin)) == 0)
            return call;
    return NULL;
}

static int
has_failed(const struct relay_call *call)
{
    return call->has_returned && (uint32_t)call->result == UINT32_MAX;
}

/* How many such calls have the half's slot as their first argument? */
static int
count_slot_calls(const struct half_view *half, const char *words)
{
    const struct relay_call *slot = find_slot_call(half);
    const struct relay_call *call;
    uint64_t handle = slot != NULL ? slot->result : 0;
    int found = 0;

    if (handle == 0 || has_failed(slot))
        return 0;
    for (int n = 0; (call = find_win32_call(half, words, n)) != NULL; n++)
        found += relay_argument(call, 0) == handle;
    return found;
}

/* The last calls of the half are nothing but this one, and what passes the
 * time. */
static int
is_at_it_again(const struct half_view *half, const char *words)
{
    const struct relay_call *calls;
    size_t n = half_relay(half, &calls);
    int found = 0;

    for (size_t i = n; i-- > 0 && found < AGAIN;)
        if (strncmp(calls[i].what, words, strlen(words)) == 0)
            found++;
        else if (strncmp(calls[i].what, "Sleep", 5) != 0 &&
                 strncmp(calls[i].what, "WaitFor", 7) != 0 &&
                 strncmp(calls[i].what, "SetMailslotInfo(", 16) != 0 &&
                 strncmp(calls[i].what, "GetLastError(", 13) != 0)
            return 0;
    return found >= AGAIN;
}

/* ---- why an item was lost ---- */

static void
tell_name(const struct half_view *half)
{
    const struct relay_call *call = find_win32_call(half, making_call(half), 0);
    char sentence[300];

    if (call == NULL && strcmp(half->name, "server") == 0 &&
        half_state(half)->lines > 0)
        explain_id("MS9", "server has made no mailslot");
    if (call == NULL || find_slot_call(half) != NULL)
        return;
    const char *path = strchr(call->what, '"');
    int length = path != NULL ? (int)strcspn(path + 1, "\"") + 2 : 0;
    snprintf(sentence, sizeof sentence, "%s %s %.*s", half->name,
        strcmp(half->name, "server") == 0 ? "makes a slot of the name"
                                          : "opens",
        length, path != NULL ? path : "");
    explain_id("MS9", sentence);
}

/* Has it used the handle that is none? */
static int
uses_bad_handle(const struct half_view *half)
{
    static const char *const uses[] = {"ReadFile(-1,", "WriteFile(-1,",
        "SetMailslotInfo(-1,", "GetMailslotInfo(-1,"};

    for (size_t i = 0; i < sizeof uses / sizeof uses[0]; i++)
        if (find_win32_call(half, uses[i], 0) != NULL)
            return 1;
    return 0;
}

/* A half that has asked the wrong question, or none, goes on. */
static void
tell_bad_handle(const struct half_view *half)
{
    const struct relay_call *call = find_slot_call(half);
    const struct half_state *state = half_state(half);
    char sentence[120];

    if (call == NULL || !has_failed(call) ||
        (state->has_ended && state->status != 0 && !uses_bad_handle(half)))
        return;
    snprintf(sentence, sizeof sentence, "%s goes on although %.*s) has failed",
        half->name, (int)strcspn(call->what, "(") + 1, call->what);
    explain_id("WM2", sentence);
}

static void
tell_server(const struct half_view *server, int is_stuck)
{
    const struct relay_call *slot = find_slot_call(server);
    const struct half_state *state = half_state(server);

    if (state->has_ended)
        return;
    if (is_at_it_again(server, "GetMailslotInfo("))
        explain_id("MS8", "server calls GetMailslotInfo() again and again");
    if (slot != NULL && relay_argument(slot, 2) == 0 &&
        is_at_it_again(server, "ReadFile("))
        explain_id("WM3", "server has made a slot from which ReadFile() "
                          "returns at once, and reads again and again");
    if (state->lines > 0)
        tell_endless(server, is_stuck);
}

static void
tell_client(const struct half_view *client)
{
    const struct relay_call *slot = find_slot_call(client);
    const struct relay_call *call;

    if (slot == NULL)
        return;
    if (has_failed(slot) && relay_argument(slot, 2) != SHARE_READ_AND_WRITE)
        explain_id("WM1", "client does not share the slot with its owner and "
                          "with other writers");
    if (count_slot_calls(client, "ReadFile(") > 0)
        explain_id("WM6", "client reads from the slot");
    for (int n = 0; (call = find_win32_call(client, "WriteFile(", n)) != NULL;
         n++)
        if (relay_argument(call, 0) == slot->result &&
            relay_argument(call, 2) ==
                1) /* no line that was sent is so short */
            explain_id("WM7", "client sends one byte as a message of its own");
}

void
tell_mail_win32(int is_stuck)
{
    struct half_view *half;

    for (int i = 0; (half = pair_half(i)) != NULL; i++) {
        if (half->side != STUDENT)
            continue;
        tell_name(half);
        if (strcmp(half->name, "server") == 0)
            tell_server(half, is_stuck);
        else
            tell_client(half);
        tell_bad_handle(half);
    }
}

/* ---- the server, with the reference client ---- */

START_TEST(server_talks)
{
    talk_by_mail(STUDENT, REFERENCE);
}
END_TEST

/* Can somebody open the slot? */
static const char *
knock(void)
{
    const char *answer = ask_stranger("open-slot k %s", name());

    if (strcmp(answer, "ok") == 0)
        ask_stranger("close k");
    else
        return answer;
    return "ok";
}

START_TEST(server_is_ready)
{
    /* Its "ready" finds a full pipe: it sits in WriteFile() with all done. */
    const struct start held = {.flags = START_HOLD};
    struct half_view *server = run_server_as(&held, STUDENT, NULL, NULL);

    expect_waiting(server, "for somebody to read its \"ready\"");
    if (strcmp(knock(), "ok") != 0) {
        half_release(server); /* does it come after "ready", or never? */
        settle(server);
        int is_late = strcmp(knock(), "ok") == 0;
        if (!is_late)
            tell_mail_win32(0);
        expect_that(server, 0, is_late ? "RDY1" : "",
            "the mailslot \\\\.\\mailslot\\NAME, before \"ready\" is printed",
            "%s", is_late ? "it comes later" : "there is none");
    }
    half_release(server);
    expect_line(server, "ready");
    settle(server);
    post(nonce(0), strlen(nonce(0)));
    expect_text(server, nonce(0));
}
END_TEST

START_TEST(server_odd)
{
    pass_odd_letters(STUDENT, REFERENCE);
}
END_TEST

START_TEST(server_several)
{
    mix_writers(STUDENT, REFERENCE, 100);
}
END_TEST

START_TEST(server_timeout)
{
    check_timeout();
}
END_TEST

/* COUNT letters, and the next one stays in the slot. */
START_TEST(server_ends)
{
    struct half_view *server = start_server(STUDENT, "2");
    struct half_view *client = start_client(REFERENCE);

    pass(client, server, 0);
    half_signal(server, SIGSTOP);
    half_send(client, nonce_line(1));
    half_send(client, nonce_line(2));
    settle(client);
    half_signal(server, SIGCONT);
    expect_text(server, nonce(1));
    expect_output(server, "");
    expect_exit(server, 0);
    expect_left(server, NULL);
    expect_that(server, count_slot_calls(server, "CloseHandle(") > 0, "WM8",
        "the slot is closed before the end", "no CloseHandle() of the slot");
}
END_TEST

/* It may say so before or after it has found out. */
static void
expect_in_use(struct half_view *second)
{
    settle(second);
    expect_that(second, half_state(second)->has_ended, "WM2",
        "the server ends when CreateMailslot() has failed (error 183, "
        "ERROR_ALREADY_EXISTS)",
        "it goes on without a slot");
    expect_exit(second, 1);
    expect_said(second, NULL);
    expect_output(second, "");
}

START_TEST(server_live)
{
    struct half_view *first = start_server(STUDENT, NULL);
    struct half_view *client = start_client(REFERENCE);

    greet(client, first);
    expect_in_use(run_server(STUDENT, NULL, NULL));
    pass(client, first, 1);
    half_kill(client);
    half_kill(first);
    note("the slot is somebody else's");
    ask_stranger("make-slot x %s", name());
    expect_in_use(run_server(STUDENT, NULL, NULL));
}
END_TEST

/* It is killed with a letter in its slot, which goes with it. */
START_TEST(server_second_run)
{
    struct half_view *crashed = start_server(STUDENT, NULL);
    struct half_view *client = start_client(REFERENCE);

    greet(client, crashed);
    half_signal(crashed, SIGSTOP);
    half_send(client, nonce_line(1));
    settle(client);
    half_kill(client);
    half_kill(crashed);
    note("killed, then again");
    struct half_view *server = start_server(STUDENT, NULL);
    pass(start_client(REFERENCE), server, 2);
}
END_TEST

/* "ready" goes out, and the next line fails: that is "timeout". Whoever does
 * not come to print it loses another item. */
static void
expect_late_write_error(void)
{
    const struct start room = {.flags = START_ROOM};
    struct half_view *server = run_server_as(&room, STUDENT, "0", "1");

    if (strstr(pair_wait(server, UNTIL_LINES, 1)->cause, "standard output") ==
        NULL) {
        half_kill(server);
        return;
    }
    half_hang_up(server);
    note("then nobody reads its \"timeout\"");
    expect_exit(server, 1);
    expect_said(server, NULL);
}

START_TEST(server_errors)
{
    const struct start closed = {.flags = START_CLOSED};
    struct half_view *server = start_server(STUDENT, NULL);

    hang_up(server);
    post(nonce(0), strlen(nonce(0)));
    expect_exit(server, 1);
    expect_said(server, NULL);
    expect_late_write_error();
    server = run_server_as(&closed, STUDENT, NULL, NULL);
    note("nobody reads its \"ready\"");
    settle(server);
    expect_exit(server, 1);
    expect_said(server, NULL);
    refuse_server_arguments();
}
END_TEST

START_TEST(server_rests)
{
    check_server_rests();
}
END_TEST

/* ---- the client, with the reference server ---- */

START_TEST(client_talks)
{
    talk_by_mail(REFERENCE, STUDENT);
}
END_TEST

START_TEST(client_odd)
{
    pass_odd_letters(REFERENCE, STUDENT);
}
END_TEST

/* The client has the slot open, and does not want it for itself. */
static void
expect_shared(struct half_view *client)
{
    const struct relay_call *slot = find_slot_call(client);
    const char *opened = ask_stranger("open-slot x %s", name());

    expect_that(client, strcmp(opened, "ok") == 0, "WM1",
        "while the client has the slot open, others can write to it, too",
        "CreateFile() says %s to them", opened);
    expect_that(client,
        slot == NULL || (relay_argument(slot, 1) & READING) == 0, "WM6",
        "the client opens the slot for writing: GENERIC_WRITE", "%s",
        slot != NULL ? slot->what : "");
}

START_TEST(client_shares)
{
    char digits[200] = "";
    struct half_view *server = start_server(REFERENCE, NULL);
    struct half_view *first = start_client(STUDENT);

    greet(first, server);
    expect_shared(first);
    for (const char *c = nonce(1); *c != '\0'; c++)
        snprintf(digits + 2 * (c - nonce(1)), 3, "%02x", (unsigned char)*c);
    note("somebody else sends");
    ask_stranger("write x %s", digits);
    expect_text(server, nonce(1));
    struct half_view *second = start_client(STUDENT);
    pass(second, server, 2);
    pass(first, server, 3);
}
END_TEST

/* Is the half in its first call of these words? */
static int
is_in_call(const struct half_view *half, const char *words)
{
    const struct relay_call *call = find_win32_call(half, words, 0);

    return call != NULL && !call->has_returned;
}

/* Nobody is there, and the client says so, whatever its input holds. */
static void
expect_refusal(int has_input)
{
    struct half_view *client = start_client(STUDENT);

    if (!has_input)
        half_close(client);
    settle(client);
    expect_no_win32_call(
        client, "the client makes no slot", "CreateMailslot(", NULL);
    const struct half_state *state = half_state(client);
    int is_silent = state->has_ended && state->status == 0 &&
                    state->bytes[1] == 0 && !is_in_call(client, "CreateFile(");
    int is_late =
        is_silent || (!state->has_ended && is_in_call(client, "ReadFile("));
    if (is_late)
        tell_mail_win32(0);
    expect_that(client, !is_late, "WM9",
        "the client notices before its first line that there is no server",
        "%s",
        is_silent ? "exit status 0, and not a word" : "it waits for a line");
    expect_exit(client, 1);
    expect_said(client, NULL);
    expect_left(client, NULL);
}

START_TEST(client_no_server)
{
    explain_lab = tell_mail_win32;
    expect_refusal(0);
    note("its input has not ended");
    expect_refusal(1);
    struct half_view *server = start_server(REFERENCE, NULL);
    struct half_view *client = start_client(STUDENT);
    pass(client, server, 0);
    half_close(client);
    expect_exit(client, 0);
    settle(server);
    uint32_t printed = half_state(server)->lines;
    client = start_client(STUDENT);
    half_close(client);
    note("no lines");
    expect_exit(client, 0);
    settle(server);
    expect_that(client, half_state(server)->lines == printed, "WM7",
        "a client without lines sends nothing", "the server has got something");
}
END_TEST

/* Wine lets who writes wait when some 280 letters lie in the slot; Windows has
 * room for all. */
START_TEST(client_full)
{
    char *text = expected_letters();
    struct half_view *server = start_server(REFERENCE, "1001");
    struct half_view *client = start_client(STUDENT);

    greet(client, server);
    fill_mailbox(server, client);
    half_close(client);
    settle(client);
    half_signal(server, SIGCONT);
    expect_output(server, text);
    expect_exit(client, 0);
    free(text);
}
END_TEST

START_TEST(client_too_long)
{
    refuse_long_line(REFERENCE, STUDENT);
}
END_TEST

START_TEST(client_refuses)
{
    struct half_view *server = start_server(REFERENCE, NULL);

    refuse_client_arguments();
    pass(start_client(STUDENT), server, 0);
}
END_TEST

START_TEST(client_rests)
{
    check_client_rests();
}
END_TEST

/* ---- both together ---- */

/* Both halves are the student's: that the letters have gone through the slot is
 * seen in their calls. */
static void
expect_slot_used(struct half_view *server, struct half_view *client)
{
    expect_that(server, count_slot_calls(server, "ReadFile") > 0, "MS9",
        "the server reads from its slot \\\\.\\mailslot\\NAME",
        "no ReadFile() from it");
    expect_that(client, count_slot_calls(client, "WriteFile") > 0, "MS9",
        "the client writes to the slot \\\\.\\mailslot\\NAME",
        "no WriteFile() to it");
    expect_left(client, NULL);
}

/* The half of that name, the first of them. */
static struct half_view *
find_half(const char *program)
{
    struct half_view *half;

    for (int i = 0; (half = pair_half(i)) != NULL; i++)
        if (half->side != TOOL && strcmp(half->name, program) == 0)
            return half;
    return NULL;
}

START_TEST(pair_talks)
{
    pass_odd_letters(STUDENT, STUDENT);
    expect_slot_used(find_half("server"), find_half("client"));
}
END_TEST

START_TEST(pair_several)
{
    mix_writers(STUDENT, STUDENT, 50);
    expect_slot_used(find_half("server"), find_half("client"));
}
END_TEST

static const struct item items[] = {
    {8, "server", 3, "prints the messages of clients", &server_talks},
    {5, "server", 1, "has made its slot when it says ready", &server_is_ready},
    {5, "server", 3, "prints full and binary messages", &server_odd},
    {5, "server", 3, "prints what several clients send at once",
        &server_several},
    {8, "server", 4, "gives up after TIMEOUT, and not before", &server_timeout},
    {5, "server", 2, "ends by COUNT and closes its slot", &server_ends},
    {4, "server", 1, "leaves the slot of a live server alone", &server_live},
    {3, "server", 2, "works again after a crash", &server_second_run},
    {4, "server", 1, "fails when it cannot print or is misused",
        &server_errors},
    {4, "server", 3, "waits without using the processor", &server_rests},
    {8, "client", 6, "sends each line as a message", &client_talks},
    {5, "client", 6, "sends full and binary lines", &client_odd},
    {5, "client", 5, "says so when there is no server", &client_no_server},
    {5, "client", 5, "shares the slot with other writers", &client_shares},
    {5, "client", 6, "loses nothing when the mailbox is full", &client_full},
    {5, "client", 6, "refuses a line that is too long", &client_too_long},
    {3, "client", 5, "refuses wrong arguments", &client_refuses},
    {3, "client", 6, "waits without using the processor", &client_rests},
    {5, "pair", 6, "talk to each other", &pair_talks},
    {5, "pair", 6, "deliver what several clients send at once", &pair_several},
};

const struct lab lab_04_win32 = {
    .name = "04-mailslot",
    .target = &target_win32,
    .programs = {"server", "client", NULL},
    .tools = {"stranger", NULL},
    .items = items,
    .nitems = sizeof items / sizeof items[0],
    .mistakes = mistakes_04_win32,
};
