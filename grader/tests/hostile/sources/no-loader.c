/*
 * no-loader.c - asks for a loader that does not exist
 *
 * play: 02 client
 * play: 03 client
 * play: 05 server
 */
__attribute__((section(".interp"), used)) const char loader[] =
    "/nowhere/\033[2J\n500/500";

int
main(void)
{
    return 0;
}
