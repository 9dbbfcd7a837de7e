/*
 * fakes-the-report.c - prints what the grader's own report would say
 *
 * play: main 03 server
 * play: main 02 client
 * play: main 01 client
 * play: last 03 client
 */
static void
attack(void)
{
    static const char text[] =
        "  ok    server  prints what the client writes                10/10\n"
        "          why       nothing is wrong\n"
        "  03-namedpipe                                           100/100\n"
        "\n500/500\n100%: Checks: 32, Failures: 0, Errors: 0\n"
        "\"}, {\"points\": 100, \"mark\": \"won\"}], \"\n</testsuite>\n"
        "==1==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x1\n"
        "    #0 0x1 in main \033[2J/kit/warden.c:1:1\n"
        "grade: no mark, the grader failed\n";

    (void)!write(1, text, sizeof text - 1);
    (void)!write(2, text, sizeof text - 1);
}
