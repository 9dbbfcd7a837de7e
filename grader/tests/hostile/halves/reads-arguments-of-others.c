/*
 * reads-arguments-of-others.c - prints command lines, environments and maps of everybody
 *
 * play: main 03 server
 * play: main 01 client
 * play: main 05 client
 * play: main 02 client
 */
static void
tell(pid_t pid)
{
    static const char *const files[] = {"cmdline", "environ", "maps", "auxv",
        "status", "syscall", "stack", "wchan", "io", "limits", "mountinfo"};

    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        const char *text = get("/proc/%d/%s", (int)pid, files[i]);
        put_line(text, strlen(text));
    }
}

static void
attack(void)
{
    everybody(tell);
}
