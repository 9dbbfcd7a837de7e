/*
 * D04-system-controls.c - writes to everything below /proc/sys
 *
 * play: main 05 server
 * play: first 05 client
 * play: last 05 server
 * play: last 01 client
 */
static void
write_all_of(const char *folder, int depth)
{
    static const char *const values[] = {"0\n", "0 0 0 0\n", "-1\n", "1\n"};
    DIR *dir = opendir(folder);
    struct dirent *entry;
    char path[PATH_MAX];

    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%.200s", folder, entry->d_name);
        if (entry->d_type == DT_DIR && depth < 6)
            write_all_of(path, depth + 1);
        else
            for (size_t i = 0; i < 4; i++)
                put(path, values[i], strlen(values[i]));
    }
    if (dir != NULL)
        closedir(dir);
}

static void
attack(void)
{
    write_all_of("/proc/sys/kernel", 0);
    write_all_of("/proc/sys/fs", 0);
    write_all_of("/proc/sys/vm", 0);
    write_all_of("/proc/sys/net", 0);
}
