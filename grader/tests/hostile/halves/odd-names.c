/*
 * odd-names.c - leaves files whose names are escapes, lines, bytes of no script
 *
 * play: main 03 server
 * play: last 03 client
 * play: last 01 server
 * play: last 05 server
 * play: last 04 server
 */
static void
attack(void)
{
    static const char *const names[] = {"\033[2J\033[1;1H", "a\nb\n500/500",
        "\xff\xfe\x80",
        "\xe2\x80\xae"
        "txt",
        "-rf", "*", " ", "\"quoted\"", "sem.\n", "%s%n%s", "$(reboot)",
        "\x7f\x01\x1b]0;x\a", "(deleted)"};
    static const char *const folders[] = {
        ".", "/dev/shm", "/tmp", "/dev/mqueue"};
    char path[PATH_MAX];
    char name[256];

    memset(name, '\n', 255);
    name[255] = '\0';
    for (size_t f = 0; f < 4; f++) {
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
            snprintf(path, sizeof path, "%s/hostile%s", folders[f], names[i]);
            put(path, "x", 1);
            snprintf(path, sizeof path, "%s/%s", folders[f], names[i]);
            mkfifo(path, 0600);
        }
        snprintf(path, sizeof path, "%s/%s", folders[f], name);
        put(path, "x", 1);
    }
}
