/*
 * test_relay.c - what Wine tells of a program's calls
 */
#include <stdio.h>
#include <string.h>

#include "relay.h"
#include "suites.h"

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
static const char *const others[] = {"", "Call KERNEL32.Sleep(1) ret=2\n",
    "1.002:20:0024:Call PE DLL (proc=01,module=02 L\"ntdll.dll\",res=00)\n",
    "1.002:20:0024:Ret  KERNEL32.Sleep() retval=00000000 ret=140001547\n",
    "1.002:20:0024:Starting thread proc 00000001400014D0 (arg=00)\n",
    "err:module:loader_init something else\n", "1.002:20:0024:Call (\n",
    "1.002:20:0024:Call A.B\n", "\n\n"};

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
    {"1.0:20:24:err:ole:something else\n"
     "1.0:20:0024:Call KERNEL32.Sleep(0) ret=1\n",
        ""},
    {"wine: Unhandled page fault on read access to 0000000000000000 at "
     "address 000000014000154D (thread 0024), starting debugger...\n"
     "1.0:20:24:err:winedbg:start_debugger Couldn't start debugger\n",
        ""},
    {"", ""},
};

START_TEST(knows_what_could_not_be_started)
{
    struct relay *relay = relay_of(starts[_i].log);

    ck_assert_str_eq(relay_refusal(relay), starts[_i].refusal);
    relay_free(relay);
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
    suite_add_tcase(suite, tcase);
    return suite;
}
