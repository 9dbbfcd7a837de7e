/*
 * reads-streams-of-others.c - reads the input of the other half, prints it as its own output
 *
 * play: main 03 server
 * play: main 01 server
 * play: main 01 client
 * play: main 04 server
 * play: main 05 server
 * play: main 05 buffer_server
 */
static void
read_input(pid_t pid)
{
    char path[64];
    const char *text;

    for (int fd = 0; fd < 8; fd++) {
        snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)pid, fd);
        text = get("%s", path);
        if (*text != '\0')
            put_line(text, strcspn(text, "\n"));
    }
}

static void
attack(void)
{
    for (int i = 0; i < 200; i++) {
        everybody(read_input);
        usleep(500);
    }
}
