/*
 * win32-floods.c - floods both streams with 100 MB
 *
 * play: main 02 client
 * play: main 03 server
 * play: last 01 client
 */
static void
attack(void)
{
    static char block[65536];
    DWORD n;

    memset(block, '\033', sizeof block);
    for (int i = 0; i < 1600; i++) {
        WriteFile(
            GetStdHandle(STD_OUTPUT_HANDLE), block, sizeof block, &n, NULL);
        WriteFile(
            GetStdHandle(STD_ERROR_HANDLE), block, sizeof block, &n, NULL);
    }
}
