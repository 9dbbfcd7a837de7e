/*
 * hard-links.c - links the kit and its own program into the work folder, and opens them for writing
 *
 * play: main 03 server
 * play: first 01 client
 * play: last 03 client
 */
static void
attack(void)
{
    static const char *const files[] = {"/kit/warden", "/kit/reference/client",
        "/kit/reference/server", "/kit/short.so", "/proc/self/exe",
        "/usr/bin/strace", "/etc/ld.so.cache"};

    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        (void)!link(files[i], "hostile");
        (void)!linkat(
            AT_FDCWD, files[i], AT_FDCWD, "hostile2", AT_SYMLINK_FOLLOW);
        chmod(files[i], 0777);
        put(files[i], "xxxx", 4);
        truncate(files[i], 0);
        unlink(files[i]);
        rename("hostile", files[i]);
        (void)!chown("hostile", 1, 1);
    }
}
