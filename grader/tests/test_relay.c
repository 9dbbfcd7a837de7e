/*
 * test_relay.c - what Wine tells of a program's calls
 */
#include <stdio.h>
#include <string.h>

#include "relay.h"
#include "suites.h"
#include "timeline.h"

static struct relay *
relay_of(const char *text)
{
    struct relay *relay = relay_new();

    ck_assert(relay != NULL);
    relay_take(relay, text, strlen(text));
    return relay;
}

static const struct {
    const char *line;
    const char *what;
} calls[] = {
    {"1.002:20:0024:Call KERNEL32.Sleep(0000000a) ret=140001547\n",
        "Sleep(0xa)"},
    {"1.002:20:0024:Call KERNEL32.CreateFileA(0021 \"a,b)\",80000000,00000000,"
     "00000000,00000003,00000000,ffffffff) ret=1\n",
        "CreateFile(\"a,b)\", 0x80000000, 0, 0, 3, 0, -1)"},
    {"1.002:20:0024:Call KERNEL32.CreateFileW(0021 L\"w\") ret=1\n",
        "CreateFile(\"w\")"},
    {"1.2:20:0024:Call KERNEL32.OpenMutexA(1,0,14 \"Local\\\\n1\") ret=1\n",
        "OpenMutex(1, 0, \"Local\\n1\")"},
};

START_TEST(describes_a_call)
{
    const struct relay_call *open[RELAY_THREADS];
    struct relay *relay = relay_of(calls[_i].line);

    ck_assert_uint_eq(relay_open_calls(relay, open, RELAY_THREADS), 1);
    ck_assert_str_eq(open[0]->what, calls[_i].what);
    ck_assert_uint_eq(open[0]->thread, 0x24);
    ck_assert_uint_eq(open[0]->ms, 1002);
    relay_free(relay);
}
END_TEST

/* Each is no call. */
static const char *const others[] = {
    "",
    "Call KERNEL32.Sleep(1) ret=2\n",
    "1.002:20:0024:Call PE DLL (proc=01,module=02 L\"ntdll.dll\",res=00)\n",
    "1.002:20:0024:Ret  KERNEL32.Sleep() retval=00000000 ret=140001547\n",
    "1.002:20:0024:Starting thread proc 00000001400014D0 (arg=00)\n",
    "err:module:loader_init something else\n",
    "1.002:20:0024:Call (\n",
    "1.002:20:0024:Call A.B\n",
    "\n\n",
    "1.0:20:1:Ret  KERNEL32.Sleep retval=0 ret=1\n",
    "1.0:20:1:Ret  retval=0\n",
};

START_TEST(takes_nothing_else_for_a_call)
{
    static struct relay_call log[RELAY_CALLS];
    struct relay *relay = relay_of(others[_i]);

    ck_assert_uint_eq(relay_log(relay, log), 0);
    relay_free(relay);
}
END_TEST

/* In pieces of any size; threads have their calls between those of others. */
START_TEST(a_call_returns_in_its_thread)
{
    static const char text[] =
        "1.000:20:0024:Call KERNEL32.ReadFile(30,0) ret=5\n"
        "1.001:20:0028:Call KERNEL32.Sleep(ffffffff) ret=6\n"
        "1.002:20:0024:Call KERNEL32.Sleep(5) ret=7\n"
        "1.003:20:0024:Ret  KERNEL32.Sleep() retval=00000000 ret=7\n"
        "1.004:20:0024:Ret  KERNEL32.ReadFile() retval=00000001 ret=5\n";
    const struct relay_call *open[RELAY_THREADS];
    struct relay *relay = relay_new();

    for (size_t at = 0; at < strlen(text); at += (size_t)_i)
        relay_take(relay, text + at,
            strlen(text + at) < (size_t)_i ? strlen(text + at) : (size_t)_i);
    static struct relay_call log[RELAY_CALLS];
    ck_assert_uint_eq(relay_log(relay, log), 3);
    ck_assert_str_eq(log[0].what, "Sleep(5)");
    ck_assert_str_eq(log[1].what, "ReadFile(0x30, 0)");
    ck_assert_uint_eq(log[1].result, 1);
    ck_assert(log[1].has_returned);
    ck_assert(!log[2].has_returned);
    ck_assert_uint_eq(relay_open_calls(relay, open, RELAY_THREADS), 1);
    ck_assert_int_eq(relay_timeout(open[0]), -1);
    relay_free(relay);
}
END_TEST

/* What the handle stands for that the call takes first; "": nothing. */
static const char *
object(const struct relay *relay, const char *what)
{
    struct relay_call call = {.process = 0x20};

    snprintf(call.what, sizeof call.what, "%s", what);
    const char *name = relay_object(relay, &call);
    return name != NULL ? name : "";
}

START_TEST(knows_what_a_handle_stands_for)
{
    struct relay *relay = relay_of(
        "1.0:20:1:Call KERNEL32.CreateNamedPipeA(1 "
        "\"\\\\\\\\.\\\\pipe\\\\n\",1) "
        "ret=1\n"
        "1.0:20:1:Ret  KERNEL32.CreateNamedPipeA() retval=00000030 ret=1\n"
        "1.0:20:1:Call KERNEL32.GetStdHandle(fffffff6) ret=1\n"
        "1.0:20:1:Ret  KERNEL32.GetStdHandle() retval=00000008 ret=1\n"
        "1.0:20:1:Call KERNEL32.OpenSemaphoreA(1,0,2 \"Local\\\\x\") ret=1\n"
        "1.0:20:1:Ret  KERNEL32.OpenSemaphoreA() retval=00000000 ret=1\n");

    ck_assert_str_eq(object(relay, "ReadFile(0x30, 0)"), "pipe \\\\.\\pipe\\n");
    ck_assert_str_eq(object(relay, "ReadFile(8, 0)"), "standard input");
    ck_assert_str_eq(object(relay, "ReadFile(0, 0)"), "");
    static const char closed[] =
        "1.0:20:1:Call KERNEL32.CloseHandle(00000030) ret=1\n"
        "1.0:20:1:Ret  KERNEL32.CloseHandle() retval=00000001 ret=1\n";
    relay_take(relay, closed, strlen(closed));
    ck_assert_str_eq(object(relay, "ReadFile(0x30, 0)"), "");
    relay_free(relay);
}
END_TEST

START_TEST(tells_how_long_a_call_waits)
{
    static const struct {
        const char *what;
        int64_t timeout;
    } waits[] = {{"Sleep(0xa)", 10}, {"Sleep(-1)", -1}, {"Sleep(0)", 0},
        {"WaitForSingleObject(0x30, -1)", -1},
        {"WaitForSingleObject(0x30, 0x1388)", 5000},
        {"WaitForMultipleObjects(2, 0x21fe40, 0, 0x64)", 100},
        {"WaitNamedPipe(\"a, b\", 0x7)", 7}, {"ReadFile(1, 2, 3)", -1}};

    for (size_t i = 0; i < sizeof waits / sizeof waits[0]; i++) {
        struct relay_call call = {0};
        snprintf(call.what, sizeof call.what, "%s", waits[i].what);
        ck_assert_msg(
            relay_timeout(&call) == waits[i].timeout, "%s", call.what);
    }
}
END_TEST

START_TEST(keeps_the_first_calls_and_the_last)
{
    static struct relay_call log[RELAY_CALLS];
    struct relay *relay = relay_new();
    char text[200];

    for (int i = 0; i < 3 * RELAY_CALLS; i++) {
        snprintf(text, sizeof text,
            "1.0:20:1:Call K.F(%x) ret=1\n1.0:20:1:Ret  K.F() retval=%x "
            "ret=1\n",
            i, i);
        relay_take(relay, text, strlen(text));
    }
    ck_assert_uint_eq(relay_log(relay, log), RELAY_CALLS);
    for (uint64_t i = 0; i < RELAY_CALLS; i++)
        ck_assert_uint_eq(
            log[i].result, i < RELAY_FIRST ? i : i + 2 * (uint64_t)RELAY_CALLS);
    relay_free(relay);
}
END_TEST

START_TEST(notes_a_crash)
{
    struct relay *relay = relay_of(
        "1.0:20:0024:Call KERNEL32.Sleep(0) ret=1\n"
        "wine: Unhandled page fault on read access to 0000000000000000 at "
        "address 000000014000154D (thread 0024), starting debugger...\n");

    ck_assert_str_eq(
        relay_crash(relay, 0), "page fault on read access to 0000000000000000");
    ck_assert_uint_eq(relay_crash_address(relay, 0), 0x14000154d);
    relay_free(relay);
}
END_TEST

START_TEST(notes_the_end_of_a_stack)
{
    struct relay *relay = relay_of("1.0:20:0024:err:virtual:virtual_setup_"
                                   "exception stack overflow 1792 bytes\n");

    ck_assert_str_eq(relay_crash(relay, 0), "stack overflow");
    ck_assert_str_eq(relay_refusal(relay), "");
    relay_free(relay);
}
END_TEST

static const struct {
    const char *log;
    const char *refusal;
} starts[] = {
    {"1.0:20:24:err:virtual:map_view no space\n"
     "wine: could not load kernel32.dll, status c0000135\n",
        "wine: could not load kernel32.dll, status c0000135"},
    {"1.0:20:24:err:virtual:map_view no space\n",
        "err:virtual:map_view no space"},
    {"err:virtual:virtual_alloc_first_teb wine: failed to map\n",
        "err:virtual:virtual_alloc_first_teb wine: failed to map"},
    {"1.0:20:24:err:ole:something else\n"
     "1.0:20:0024:Call KERNEL32.Sleep(0) ret=1\n",
        ""},
    {"wine: Unhandled page fault on read access to 0000000000000000 at "
     "address 000000014000154D (thread 0024), starting debugger...\n"
     "1.0:20:24:err:winedbg:start_debugger Couldn't start debugger\n",
        ""},
    {"", "it has ended before its first call"},
};

START_TEST(knows_what_could_not_be_started)
{
    struct relay *relay = relay_of(starts[_i].log);

    ck_assert_str_eq(relay_refusal(relay), starts[_i].refusal);
    relay_free(relay);
}
END_TEST

static char parts[200000];
static size_t parts_size;

/* Adds a half to what a warden would tell. */
static void
tell(const char *log, const char *name, int has_ended, int status)
{
    static struct relay_told told[RELAY_TOLD + RELAY_THREADS];
    struct relay *relay = relay_of(log);
    struct relay_part part = {.has_ended = has_ended, .status = status};

    snprintf(part.name, sizeof part.name, "%s", name);
    relay_tell(relay, &part, told);
    memcpy(parts + parts_size, &part, sizeof part);
    parts_size += sizeof part;
    memcpy(parts + parts_size, told, part.calls * sizeof told[0]);
    parts_size += part.calls * sizeof told[0];
    relay_free(relay);
}

static const char *
show(int is_stuck)
{
    static struct timeline timeline;
    static char text[10000];
    FILE *stream = fmemopen(text, sizeof text, "w");

    timeline_make_relay(&timeline, parts, parts_size, is_stuck);
    timeline_show(stream, &timeline, 0);
    fclose(stream);
    parts_size = 0;
    return text;
}

START_TEST(makes_a_timeline)
{
    tell(
        "1.000:20:24:Call KERNEL32.CreateNamedPipeA(1 \"x\",3) ret=140001000\n"
        "1.001:20:24:Ret  KERNEL32.CreateNamedPipeA() retval=30 ret=140001000\n"
        "1.002:20:24:Call KERNEL32.GetStdHandle(fffffff5) ret=140001000\n"
        "1.002:20:24:Ret  KERNEL32.GetStdHandle() retval=c ret=140001000\n"
        "1.003:20:24:Call KERNEL32.WriteFile(c,21fc00,6,21fd0c,0) "
        "ret=140001000\n"
        "1.003:20:24:Ret  KERNEL32.WriteFile() retval=1 ret=140001000\n"
        "1.004:20:28:Call KERNEL32.ReadFile(30,21fc00,200,21fd0c,0) "
        "ret=140001000\n"
        "1.005:20:24:Call KERNEL32.WaitForSingleObject(44,ffffffff) "
        "ret=140001000\n",
        "server", 0, 0);
    tell("1.006:30:34:Call KERNEL32.WaitNamedPipeA(1 \"y\",5) ret=140001000\n"
         "1.007:30:34:Ret  KERNEL32.WaitNamedPipeA() retval=0 ret=140001000\n"
         "1.007:30:34:Call KERNEL32.GetLastError() ret=140001000\n"
         "1.007:30:34:Ret  KERNEL32.GetLastError() retval=79 ret=140001000\n"
         "1.008:30:34:Call KERNEL32.CreateMutexA(0,0,1 \"m\") ret=140001000\n"
         "1.008:30:34:Ret  KERNEL32.CreateMutexA() retval=54 ret=140001000\n"
         "1.008:30:34:Call KERNEL32.GetLastError() ret=140001000\n"
         "1.008:30:34:Ret  KERNEL32.GetLastError() retval=b7 ret=140001000\n"
         "1.009:30:34:Call KERNEL32.WaitForSingleObject(54,3e8) ret=140001000\n"
         "1.010:30:34:Ret  KERNEL32.WaitForSingleObject() retval=102 "
         "ret=140001000\n"
         "1.011:30:38:Call KERNEL32.ReadFile(8,21fc00,200,21fd0c,0) "
         "ret=140001000\n",
        "client", 1, 3 << 8);
    ck_assert_str_eq(show(1),
        "+0.0 ms    server   | CreateNamedPipe(\"x\", 3) = 0x30\n"
        "+3.0 ms    server   | WriteFile(0xc stdout, 6 bytes) = TRUE\n"
        "stuck          server+1 | ReadFile(0x30 pipe x, 512 bytes)\n"
        "stuck      server   | WaitForSingleObject(0x44, INFINITE)\n"
        "+6.0 ms        client   | WaitNamedPipe(\"y\", 5) = "
        "ERROR_SEM_TIMEOUT\n"
        "+8.0 ms        client   | CreateMutex(0, 0, \"m\") = 0x54 "
        "(ERROR_ALREADY_EXISTS)\n"
        "+9.0 ms        client   | WaitForSingleObject(0x54 mutex m, 1000) = "
        "WAIT_TIMEOUT\n"
        "+11.0 ms       client+1 | ReadFile(8, 512 bytes)\n"
        "+11.0 ms       client   | ended: exit status 3\n");
}
END_TEST

START_TEST(a_timeline_shows_the_last_calls)
{
    static char log[80000];

    for (int i = 0; i < 500; i++)
        sprintf(log + strlen(log), "%s",
            i % 9 > 0
                ? "1.0:20:24:Call KERNEL32.SetEvent(4) ret=1\n"
                  "1.0:20:24:Ret  KERNEL32.SetEvent() retval=1 ret=1\n"
                : "1.0:20:24:Call KERNEL32.ResetEvent(4) ret=1\n"
                  "1.0:20:24:Ret  KERNEL32.ResetEvent() retval=1 ret=1\n");
    tell(log, "server", 0, 0);
    const char *text = show(0);
    ck_assert_msg(strstr(text, "other calls") != NULL, "%s", text);
    ck_assert_msg(strstr(text, "in no call") != NULL, "%s", text);
}
END_TEST

/* The warden has been overheard by a half, or is none. */
START_TEST(no_bytes_do_a_timeline_any_harm)
{
    uint64_t random = 7;

    ck_assert_str_eq(show(0), "");
    for (int round = 0; round < 200; round++) {
        tell("1.0:20:24:Call KERNEL32.SetEvent(4) ret=1\n", "server", 0, 0);
        tell("1.0:20:24:Call KERNEL32.SetEvent(4) ret=1\n", "client", 1, 9);
        for (int i = 0; i < 5; i++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            size_t at = (random >> 33) %
                        (sizeof(struct relay_part) + sizeof(struct relay_told));
            parts[at] ^= (char)(1 << ((random >> 20) & 7));
        }
        show(round % 2);
    }
}
END_TEST

/* Neither a long line nor many open calls do any harm. */
START_TEST(takes_any_bytes)
{
    static char bytes[200000];
    struct relay *relay = relay_new();
    uint64_t random = 1;

    for (size_t i = 0; i < sizeof bytes; i++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        bytes[i] = "0123456789.:Call Ret (),\"\\=\n"[(random >> 33) % 28];
    }
    relay_take(relay, bytes, sizeof bytes);
    for (int i = 0; i < 1000; i++)
        relay_take(relay, "1.0:20:1:Call K.F(1) ret=1\n", 27);
    relay_free(relay);
}
END_TEST

Suite *
relay_suite(void)
{
    Suite *suite = suite_create("relay");
    TCase *tcase = tcase_create("lines");

    tcase_add_loop_test(
        tcase, describes_a_call, 0, sizeof calls / sizeof calls[0]);
    tcase_add_loop_test(tcase, takes_nothing_else_for_a_call, 0,
        sizeof others / sizeof others[0]);
    tcase_add_loop_test(tcase, a_call_returns_in_its_thread, 1, 60);
    tcase_add_test(tcase, knows_what_a_handle_stands_for);
    tcase_add_test(tcase, tells_how_long_a_call_waits);
    tcase_add_test(tcase, keeps_the_first_calls_and_the_last);
    tcase_add_test(tcase, notes_a_crash);
    tcase_add_test(tcase, notes_the_end_of_a_stack);
    tcase_add_loop_test(tcase, knows_what_could_not_be_started, 0,
        sizeof starts / sizeof starts[0]);
    tcase_add_test(tcase, takes_any_bytes);
    tcase_add_test(tcase, makes_a_timeline);
    tcase_add_test(tcase, a_timeline_shows_the_last_calls);
    tcase_add_test(tcase, no_bytes_do_a_timeline_any_harm);
    suite_add_tcase(suite, tcase);
    return suite;
}
