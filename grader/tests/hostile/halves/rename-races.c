/*
 * rename-races.c - a daemon exchanges files, folders and links under all names of the lab
 *
 * play: first 01 server
 * play: first 03 server
 * play: first 05 server
 * play: main 03 client
 */
static void
exchange(void)
{
    DIR *dir = opendir(".");
    struct dirent *entry;

    mkdir("hostile", 0700);
    while (dir != NULL && (entry = readdir(dir)) != NULL)
        if (entry->d_name[0] != '.')
            syscall(
                SYS_renameat2, AT_FDCWD, "hostile", AT_FDCWD, entry->d_name, 2);
    if (dir != NULL)
        closedir(dir);
}

static void
attack(void)
{
    daemon_of(exchange);
}
