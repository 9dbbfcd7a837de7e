/*
 * becomes-the-reference.c - becomes whatever program of the kit can be executed
 *
 * play: mute 03 server
 * play: mute 03 client
 * play: mute 01 client
 * play: mute 02 server
 * play: mute 05 client
 * play: mute 04 domain_client
 */
static char name[128];

static void
attack(void)
{
    static const char *const folders[] = {"reference", "checked", "student"};
    static const char *const programs[] = {"server", "client", "call_server",
        "call_client", "domain_server", "domain_client", "buffer_server",
        "buffer_client"};
    static char self[PATH_MAX];
    char path[PATH_MAX];
    char kit[PATH_MAX];

    snprintf(kit, sizeof kit, "%.4000s", getenv("PATH"));
    kit[strcspn(kit, ":")] = '\0';
    self[readlink("/proc/self/exe", self, sizeof self - 1)] = '\0';
    char *own = strrchr(self, '/') + 1;
    char *arguments[] = {own, "x", NULL};
    (void)name;
    for (size_t f = 0; f < 3; f++) {
        snprintf(path, sizeof path, "%.3000s/../%s/%s", kit, folders[f], own);
        if (f != 2)
            execv(path, arguments);
        for (size_t i = 0; i < 8; i++) {
            snprintf(path, sizeof path, "%.3000s/../%s/%s", kit, folders[f],
                programs[i]);
            if (strcmp(programs[i], own) != 0 && fork() == 0) {
                execv(path, arguments);
                _exit(1);
            }
        }
    }
}
