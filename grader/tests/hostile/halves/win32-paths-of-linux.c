/*
 * win32-paths-of-linux.c - reads and removes what is outside the prefix
 *
 * play: main 03 client
 * play: main 02 server
 */
static void
attack(void)
{
    static const char *const paths[] = {"Z:\\kit\\warden", "Z:\\etc\\passwd",
        "Z:\\kit\\reference\\server.exe", "Z:\\proc\\1\\mem",
        "Z:\\proc\\1\\environ", "\\\\?\\unix\\proc\\1\\fd\\3", "\\\\.\\pipe\\x",
        "CON", "NUL", "Z:\\dev\\shm\\hostile"};
    static char bytes[65536];

    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        FILE *file = fopen(paths[i], "r+b");
        DeleteFileA(paths[i]);
        if (file == NULL)
            file = fopen(paths[i], "rb");
        if (file == NULL)
            continue;
        size_t n = fread(bytes, 1, sizeof bytes, file);
        fwrite(bytes, 1, n, stdout);
        fclose(file);
    }
}
