/*
 * fakes-a-sanitizer.c - ends as a sanitizer would, with a report about somebody else
 *
 * play: main 01 server
 * play: main 02 client
 * play: main 05 client
 * play: last 04 client
 */
static void
attack(void)
{
    fprintf(stderr, "=================================================\n"
                    "==7==ERROR: AddressSanitizer: stack-buffer-overflow\n"
                    "READ of size 99999999999999999999 at 0xffffffff\n"
                    "    #0 0x4 in \xff\x1b[1m(%%s%%n) lab.c:-1\n"
                    "    #1 0x4 in main server.c:4294967297\n"
                    "server.c:0:0: runtime error: \n"
                    "client.c:999999999999:1: runtime error: x\n"
                    "SUMMARY: AddressSanitizer: x\n");
    _exit(86);
}
