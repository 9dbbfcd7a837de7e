/*
 * 01-filemapping.c - how lab 01 is marked
 *
 * The nonce is given to the server only, so it comes out of the client only
 * through the board; that the board is a mapping of the same file in both is
 * seen in /proc/PID/maps while both sit still.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../../labs/01-filemapping/protocol.h"
#include "expect.h"
#include "labs.h"
#include "pattern.h"

enum { MANY = 10000, PLENTY = 1 << 20 };

static struct half_view *
start_server(enum side side)
{
    struct half_view *server = pair_start(side, "server", name(), NULL);

    expect_ready(server);
    return server;
}

static struct half_view *
start_client(enum side side)
{
    const struct start start = {.keep = PLENTY};

    return pair_start_as(&start, side, "client", name(), NULL);
}

/* The file of a semaphore: glibc keeps it in /dev/shm. */
static const struct census_file *
find_semaphore(const char *suffix)
{
    char file[96];

    snprintf(file, sizeof file, "sem.%s.%s", name(), suffix);
    return census_find("shm", file);
}

static int
semaphore_value(const char *suffix)
{
    const struct census_file *file = find_semaphore(suffix);

    return file != NULL ? file->value : -1;
}

/* A line goes from the server's input to the client's output, and it went
 * through a mapping of the file. What is a reference need not be proved. */
static void
pass_first_line(struct half_view *server, struct half_view *client)
{
    half_send(server, nonce_line(0));
    expect_line(client, nonce(0));
    expect_settled(client);
    if (server->side != REFERENCE)
        expect_mapped(server, name(), sizeof(struct board), "rw-s");
    if (client->side != REFERENCE)
        expect_mapped(client, name(), sizeof(struct board), "r--s");
}

static void
expect_good_end(struct half_view *server, struct half_view *client)
{
    half_close(server);
    expect_output(client, "");
    expect_exit(client, 0);
    expect_exit(server, 0);
}

static void
talk(enum side server_side, enum side client_side)
{
    struct half_view *server = start_server(server_side);
    struct half_view *client = start_client(client_side);

    pass_first_line(server, client);
    half_send(server, nonce_line(1));
    expect_line(client, nonce(1));
    expect_good_end(server, client);
}

static void
read_board(struct half_view *server, struct board *board)
{
    memset(board, 0, sizeof *board);
    ssize_t n = pair_read(name(), (char *)board, sizeof *board);
    expect_that(server, n == sizeof *board, "", "a file of one board",
        "%zd bytes", n);
}

/* Many lines, none like another. The caller frees them. */
static char *
many_lines(void)
{
    char *text = malloc(PLENTY);
    size_t size = 0;

    if (text == NULL)
        pair_trouble("out of memory");
    for (int i = 0; i < MANY; i++)
        size += (size_t)snprintf(text + size, PLENTY - size, "%d %llx\n", i,
            (unsigned long long)nonce_number(i) & 0xffffff);
    return text;
}

static void
pass_many_lines(enum side server_side, enum side client_side)
{
    char *lines = many_lines();
    struct half_view *server = start_server(server_side);
    struct half_view *client = start_client(client_side);

    pass_first_line(server, client);
    half_send(server, lines);
    half_close(server);
    expect_output(client, lines);
    expect_exit(server, 0);
    free(lines);
}

/* A line as long as may be, of every byte that a line can have. */
static void
fill_line(char line[TEXT_LIMIT + 1])
{
    pattern_fill(nonce_number(3), 0, line, TEXT_LIMIT);
    for (int i = 0; i < TEXT_LIMIT; i++)
        if (line[i] == '\n')
            line[i] = '\0';
    line[TEXT_LIMIT] = '\n';
}

static void
pass_odd_lines(enum side server_side, enum side client_side)
{
    char line[TEXT_LIMIT + 1];
    char expected[2 + sizeof line + 8];
    struct half_view *server = start_server(server_side);
    struct half_view *client = start_client(client_side);

    fill_line(line);
    pass_first_line(server, client);
    half_send(server, "\n\n");
    half_send_bytes(server, line, sizeof line);
    half_send(server, "no end");
    half_close(server);
    memcpy(expected, "\n\n", 2);
    memcpy(expected + 2, line, sizeof line);
    memcpy(expected + 2 + sizeof line, "no end\n", 7);
    expect_output_bytes(client, expected, 2 + sizeof line + 7);
    expect_exit(client, 0);
    expect_exit(server, 0);
}

/* One byte over the limit, and no '\n' is ever sent. */
static void
send_too_long(struct half_view *server)
{
    char line[TEXT_LIMIT + 1];

    memset(line, 'x', sizeof line);
    half_send(server, nonce_line(1));
    half_send_bytes(server, line, sizeof line);
}

static void
pass_too_long(enum side server_side, enum side client_side)
{
    struct half_view *server = start_server(server_side);
    struct half_view *client = start_client(client_side);

    pass_first_line(server, client);
    send_too_long(server);
    expect_output(client, nonce_line(1));
    expect_exit(client, 0);
    expect_exit(server, 1);
    expect_said(server, "3", "4088", NULL);
    expect_left(server, name(), NULL);
}

/* ---- the server, with the reference client ---- */

START_TEST(server_talks)
{
    talk(STUDENT, REFERENCE);
}
END_TEST

START_TEST(server_is_ready)
{
    /* Its "ready" finds a full pipe: it sits in write() with all done. */
    const struct start held = {.flags = START_HOLD | START_UMASK};
    struct half_view *server =
        pair_start_as(&held, STUDENT, "server", name(), NULL);
    static const char *const suffixes[] = {"full", "empty"};

    expect_settled(server);
    const struct census_file *file = census_find("work", name());
    expect_that(server, file != NULL && S_ISREG(file->mode), "",
        "the file NAME exists before \"ready\" is printed", "no such file");
    expect_that(server, file->size == sizeof(struct board), "FM1",
        "the file is one board long: 4096 bytes", "%lld bytes",
        (long long)file->size);
    expect_that(server, (file->mode & 07777) == 0600, "",
        "the file has mode 0600, whatever the umask", "mode %04o",
        (unsigned int)file->mode & 07777);
    for (int i = 0; i < 2; i++) {
        const struct census_file *semaphore = find_semaphore(suffixes[i]);
        expect_that(server, semaphore != NULL, "",
            "both semaphores exist before \"ready\" is printed",
            "there is no NAME.%s", suffixes[i]);
        expect_that(server, semaphore->value == i, "",
            "NAME.full counts 0 at first and NAME.empty counts 1",
            "NAME.%s counts %d", suffixes[i], semaphore->value);
        expect_that(server, (semaphore->mode & 07777) == 0600, "",
            "the semaphores have mode 0600, whatever the umask",
            "NAME.%s has mode %04o", suffixes[i],
            (unsigned int)semaphore->mode & 07777);
    }
    half_release(server);
    expect_ready(server);
}
END_TEST

START_TEST(server_stores)
{
    static struct board board;
    struct half_view *server = start_server(STUDENT);
    struct half_view *client = start_client(REFERENCE);

    pass_first_line(server, client);
    read_board(server, &board);
    expect_that(server, board.serial == 1, "", "serial 1 on the first board",
        "serial %lu", (unsigned long)board.serial);
    expect_that(server, board.length == strlen(nonce(0)), "",
        "the length of the text, without '\\n'", "length %lu",
        (unsigned long)board.length);
    expect_that(server, memcmp(board.text, nonce(0), board.length) == 0, "",
        "the text in the file", "another text");
}
END_TEST

START_TEST(server_waits_its_turn)
{
    static struct board board;
    struct half_view *server = start_server(STUDENT);

    half_send(server, nonce_line(0));
    half_send(server, nonce_line(1));
    expect_settled(server);
    read_board(server, &board);
    expect_that(server,
        board.serial == 1 && memcmp(board.text, nonce(0), 10) == 0,
        board.serial > 1 ? "FM6" : "",
        "board 1 stays until a client has taken it", "board %lu is there",
        (unsigned long)board.serial);
    expect_that(server, semaphore_value("full") == 1, "",
        "NAME.full counts 1 while a board is there", "NAME.full counts %d",
        semaphore_value("full"));
    struct half_view *client = start_client(REFERENCE);
    expect_line(client, nonce(0));
    expect_line(client, nonce(1));
    expect_settled(server);
    expect_mapped(server, name(), sizeof(struct board), "rw-s");
    expect_good_end(server, client);
}
END_TEST

START_TEST(server_many)
{
    pass_many_lines(STUDENT, REFERENCE);
}
END_TEST

START_TEST(server_odd)
{
    pass_odd_lines(STUDENT, REFERENCE);
}
END_TEST

START_TEST(server_no_lines)
{
    struct half_view *server = start_server(STUDENT);
    struct half_view *client = start_client(REFERENCE);

    expect_settled(client);
    expect_mapped(server, name(), sizeof(struct board), "rw-s");
    expect_good_end(server, client);
}
END_TEST

START_TEST(server_too_long)
{
    pass_too_long(STUDENT, REFERENCE);
}
END_TEST

START_TEST(server_second_run)
{
    /* The first server dies with a board that nobody has taken. */
    struct half_view *crashed = start_server(STUDENT);

    half_send(crashed, nonce_line(2));
    expect_settled(crashed);
    half_kill(crashed);
    pair_patch(name(), 2 * sizeof(struct board), "leftover", 8);
    struct half_view *server = start_server(STUDENT);
    const struct census_file *file = census_find("work", name());
    expect_that(server, file != NULL && file->size == sizeof(struct board), "",
        "a leftover file is made exactly one board long", "%lld bytes",
        file != NULL ? (long long)file->size : -1LL);
    struct half_view *client = start_client(REFERENCE);
    pass_first_line(server, client);
    expect_good_end(server, client);
    expect_left(server, name(), NULL);
}
END_TEST

START_TEST(server_refuses)
{
    struct half_view *server;

    pair_make(name(), S_IFDIR | 0700, NULL, 0);
    server = pair_start(STUDENT, "server", name(), NULL);
    expect_exit(server, 1);
    expect_said(server, name(), NULL);
    expect_output(server, "");
    expect_left(server, name(), NULL);
    const struct census_file *file = census_find("work", name());
    expect_that(server, file != NULL && S_ISDIR(file->mode), "",
        "the folder is left alone", "it is gone");
    server = pair_start(STUDENT, "server", NULL);
    expect_exit(server, 2);
}
END_TEST

START_TEST(server_cleans_up)
{
    char text[64] = "";
    struct half_view *server = start_server(STUDENT);
    struct half_view *client = start_client(REFERENCE);

    pass_first_line(server, client);
    expect_good_end(server, client);
    expect_left(server, name(), NULL);
    pair_patch(name(), 0, "", 0);
    ssize_t n = pair_read(name(), text, sizeof text);
    size_t offset = sizeof(uint32_t) * 2;
    size_t length = strlen(nonce(0));
    expect_that(server,
        n == sizeof text && memcmp(text + offset, nonce(0), length) == 0, "",
        "the file stays, its text begins with the last line",
        n < 0 ? "no file" : "another text");
}
END_TEST

START_TEST(server_cannot_print)
{
    const struct start full = {.flags = START_FULL};
    struct half_view *server =
        pair_start_as(&full, STUDENT, "server", name(), NULL);

    expect_exit(server, 1);
    expect_said(server, "No space left", NULL);
    expect_left(server, name(), NULL);
}
END_TEST

START_TEST(server_memory)
{
    pass_odd_lines(CHECKED, REFERENCE);
    pass_too_long(CHECKED, REFERENCE);
}
END_TEST

START_TEST(server_rests)
{
    struct half_view *server = start_server(STUDENT);
    struct half_view *client = start_client(REFERENCE);

    pass_first_line(server, client);
    expect_settled(server);
    half_kill(client);
    half_send(server, nonce_line(1));
    half_send(server, nonce_line(2));
    expect_settled(server);
}
END_TEST

/* ---- the client, with the reference server ---- */

START_TEST(client_talks)
{
    talk(REFERENCE, STUDENT);
}
END_TEST

START_TEST(client_maps)
{
    struct half_view *server = start_server(REFERENCE);
    struct half_view *client = start_client(STUDENT);

    /* Mapped once, before the first board: not read, not mapped anew. */
    expect_settled(client);
    expect_mapped(client, name(), sizeof(struct board), "r--s");
    pass_first_line(server, client);
}
END_TEST

START_TEST(client_no_server)
{
    struct half_view *client = start_client(STUDENT);

    expect_exit(client, 1);
    expect_said(client, NULL);
    expect_left(client, NULL);
    /* A finished server has left the file, but no semaphores. */
    pair_make(name(), S_IFREG | 0600, NULL, 0);
    pair_patch(name(), sizeof(struct board) - 1, "", 1);
    client = start_client(STUDENT);
    expect_exit(client, 1);
    expect_said(client, NULL);
    expect_left(client, name(), NULL);
}
END_TEST

START_TEST(client_refuses)
{
    static const mode_t modes[] = {S_IFREG | 0600, S_IFIFO | 0600};
    struct half_view *client;

    start_server(REFERENCE);
    for (int i = 0; i < 2; i++) {
        pair_remove(name());
        pair_make(name(), modes[i], "too short", 9);
        client = start_client(STUDENT);
        expect_exit(client, 1);
        expect_said(client, name(), NULL);
        expect_output(client, "");
    }
    client = pair_start(STUDENT, "client", "not/a/name", NULL);
    expect_exit(client, 2);
}
END_TEST

START_TEST(client_gives_back)
{
    struct half_view *server = start_server(REFERENCE);
    struct half_view *client = start_client(STUDENT);

    pass_first_line(server, client);
    expect_that(client,
        semaphore_value("empty") == 1 && semaphore_value("full") == 0, "SEM1",
        "after a board was taken NAME.empty counts 1 and NAME.full 0",
        "NAME.empty counts %d, NAME.full %d", semaphore_value("empty"),
        semaphore_value("full"));
    expect_good_end(server, client);
}
END_TEST

START_TEST(client_many)
{
    pass_many_lines(REFERENCE, STUDENT);
}
END_TEST

START_TEST(client_odd)
{
    pass_odd_lines(REFERENCE, STUDENT);
}
END_TEST

START_TEST(client_no_lines)
{
    struct half_view *server = start_server(REFERENCE);
    struct half_view *client = start_client(STUDENT);

    expect_settled(client);
    expect_mapped(client, name(), sizeof(struct board), "r--s");
    expect_good_end(server, client);
}
END_TEST

START_TEST(client_bad_length)
{
    struct half_view *server = start_server(REFERENCE);
    struct half_view *client = start_client(STUDENT);
    const uint32_t length = TEXT_LIMIT + 1;
    char semaphore[96];

    pass_first_line(server, client);
    snprintf(semaphore, sizeof semaphore, FULL_FORMAT, name());
    pair_patch(name(), sizeof(uint32_t), (const char *)&length, sizeof length);
    expect_that(client, pair_post(semaphore) == 0, "",
        "the semaphores stay while the client runs", "NAME.full is gone");
    expect_exit(client, 1);
    expect_said(client, NULL);
    expect_output(client, "");
}
END_TEST

START_TEST(client_cannot_print)
{
    const struct start full = {.flags = START_FULL};
    struct half_view *server = start_server(REFERENCE);
    struct half_view *client =
        pair_start_as(&full, STUDENT, "client", name(), NULL);

    half_send(server, nonce_line(0));
    expect_exit(client, 1);
    expect_said(client, "No space left", NULL);
}
END_TEST

START_TEST(client_memory)
{
    pass_odd_lines(REFERENCE, CHECKED);
}
END_TEST

START_TEST(client_rests)
{
    struct half_view *server = start_server(REFERENCE);
    struct half_view *client = start_client(STUDENT);

    expect_settled(client);
    pass_first_line(server, client);
    expect_settled(client);
}
END_TEST

/* ---- both together ---- */

START_TEST(pair_talks)
{
    talk(STUDENT, STUDENT);
}
END_TEST

START_TEST(pair_too_long)
{
    pass_too_long(STUDENT, STUDENT);
}
END_TEST

static const struct item items[] = {
    {8, "server", 6, "publishes lines that the client prints", &server_talks},
    {5, "server", 4, "has made everything when it says ready",
        &server_is_ready},
    {3, "server", 2, "stores text, length and serial in the file",
        &server_stores},
    {5, "server", 5, "leaves a board alone until it was taken",
        &server_waits_its_turn},
    {4, "server", 6, "publishes 10,000 lines in their order", &server_many},
    {4, "server", 6, "publishes any bytes, empty and full lines", &server_odd},
    {2, "server", 6, "publishes the end when there are no lines",
        &server_no_lines},
    {4, "server", 6, "refuses a line that is too long", &server_too_long},
    {5, "server", 3, "works again after a crash", &server_second_run},
    {3, "server", 1, "refuses a name that is something else", &server_refuses},
    {3, "server", 3, "leaves the file behind, and nothing else",
        &server_cleans_up},
    {2, "server", 4, "fails when it cannot print", &server_cannot_print},
    {3, "server", 13, "uses no memory that is not its own", &server_memory},
    {3, "server", 5, "waits without using the processor", &server_rests},
    {8, "client", 10, "prints lines that the server publishes", &client_talks},
    {3, "client", 9, "maps the file, shared, for reading only", &client_maps},
    {4, "client", 7, "says so when there is no server", &client_no_server},
    {3, "client", 8, "refuses a file that is no board", &client_refuses},
    {3, "client", 11, "gives the board back, after the end too",
        &client_gives_back},
    {4, "client", 10, "prints 10,000 lines in their order", &client_many},
    {3, "client", 10, "prints any bytes, empty and full lines", &client_odd},
    {2, "client", 10, "ends when there are no lines", &client_no_lines},
    {3, "client", 10, "refuses a length that cannot be", &client_bad_length},
    {2, "client", 10, "fails when it cannot print", &client_cannot_print},
    {2, "client", 12, "uses no memory that is not its own", &client_memory},
    {2, "client", 10, "waits without using the processor", &client_rests},
    {5, "pair", 13, "talk to each other", &pair_talks},
    {2, "pair", 13, "end well when a line is too long", &pair_too_long},
};

const struct lab lab_01_filemapping = {
    .name = "01-filemapping",
    .programs = {"server", "client", NULL},
    .items = items,
    .nitems = sizeof items / sizeof items[0],
};
