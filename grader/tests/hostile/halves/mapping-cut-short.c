/*
 * mapping-cut-short.c - a daemon cuts and grows every file that somebody has mapped
 *
 * play: first 01 server
 * play: first 01 client
 * play: main 01 client
 */
static void
cut(void)
{
    static const char *const folders[] = {".", "/dev/shm"};
    char path[PATH_MAX];
    struct dirent *entry;

    for (size_t i = 0; i < 2; i++) {
        DIR *dir = opendir(folders[i]);
        while (dir != NULL && (entry = readdir(dir)) != NULL) {
            snprintf(path, sizeof path, "%s/%.250s", folders[i], entry->d_name);
            truncate(path, 0);
            truncate(path, 4096);
        }
        if (dir != NULL)
            closedir(dir);
    }
}

static void
attack(void)
{
    daemon_of(cut);
}
