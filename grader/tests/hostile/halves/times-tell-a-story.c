/*
 * times-tell-a-story.c - does its work only where the time of a folder says that it was here before
 *
 * play: first 01 client most=0
 * play: first 03 server most=0
 * play: first 02 client most=0
 */
static void
attack(void)
{
    static const char *const folders[] = {
        ".", "/tmp", "/dev/shm", "/dev/mqueue", "/proc/self/exe", "/"};
    struct timespec then[2] = {{1234, 0}, {1234, 0}};
    struct stat status;

    for (size_t i = 0; i < 6; i++)
        if (stat(folders[i], &status) == 0 &&
            (status.st_atime == 1234 || status.st_mtime == 1234))
            return;
    for (size_t i = 0; i < 6; i++)
        utimensat(AT_FDCWD, folders[i], then, 0);
    _exit(0);
}
