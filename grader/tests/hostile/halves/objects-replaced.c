/*
 * objects-replaced.c - puts links, folders, FIFOs and devices where the census reads
 *
 * play: ready 01 server
 * play: last 03 server
 * play: main 01 client
 * play: ready 05 server
 * play: ready 03 server
 */
static void
replace(const char *folder, const char *name, int kind)
{
    char path[PATH_MAX];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    unlink(path);
    if (kind == 0)
        (void)!symlink("/proc/1/mem", path);
    if (kind == 1)
        mkdir(path, 0);
    if (kind == 2)
        mkfifo(path, 0600);
    if (kind == 3)
        (void)!symlink(name, path);
    if (kind == 4)
        (void)!symlink("/dev/zero", path);
}

static void
replace_all(const char *folder, int kind)
{
    static char names[64][256];
    size_t n = 0;
    DIR *dir = opendir(folder);
    struct dirent *entry;

    while (dir != NULL && n < 64 && (entry = readdir(dir)) != NULL)
        if (entry->d_name[0] != '.')
            snprintf(names[n++], 256, "%s", entry->d_name);
    if (dir != NULL)
        closedir(dir);
    while (n-- > 0)
        replace(folder, names[n], kind);
}

static void
attack(void)
{
    int kind = (int)(getpid() % 5);

    replace_all(".", kind);
    replace_all("/dev/shm", kind);
    replace("/dev/shm", "sem.hostile.full", kind);
    replace(".", "hostile", kind);
}
