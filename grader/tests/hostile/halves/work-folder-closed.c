/*
 * work-folder-closed.c - takes all rights from the work folder, /tmp and /dev/shm
 *
 * play: main 03 server
 * play: last 03 server
 * play: last 01 client
 * play: ready 05 server
 */
static void
attack(void)
{
    static const char *const folders[] = {".", "/tmp", "/dev/shm", "/work"};

    put("hostile", "x", 1);
    for (size_t i = 0; i < 4; i++) {
        chmod(folders[i], i % 2 == 0 ? 0 : 01222);
        (void)!rename(folders[i], "/tmp/away");
        rmdir(folders[i]);
    }
}
