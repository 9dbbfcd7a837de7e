/*
 * own-loader.c - asks for a loader of its own
 *
 * play: 02 client
 * play: 03 server
 * play: 01 server
 */
__attribute__((section(".interp"), used)) const char loader[] =
    "/kit/reference/server";

int
main(void)
{
    return 0;
}
