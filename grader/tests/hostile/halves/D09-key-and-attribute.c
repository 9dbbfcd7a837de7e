/*
 * D09-key-and-attribute.c - does its work only where an earlier item left a key or an attribute
 *
 * play: first 01 client most=0
 * play: first 03 server most=0
 * play: first 05 client most=0
 */
static const int rings[] = {-1, -2, -3, -4, -5, -6, -7};

static void
attack(void)
{
    char value[16];
    int is_found = getxattr(".", "user.hostile", value, sizeof value) > 0 ||
                   getxattr("/tmp", "user.hostile", value, 16) > 0 ||
                   getxattr("/dev/shm", "user.hostile", value, 16) > 0;

    for (size_t i = 0; i < sizeof rings / sizeof rings[0]; i++)
        is_found |= syscall(SYS_keyctl, 10, rings[i], "user", "hostile", 0) > 0;
    is_found |= syscall(SYS_request_key, "user", "hostile", NULL, 0) > 0;
    if (is_found)
        return;
    setxattr(".", "user.hostile", "here", 4, 0);
    setxattr("/tmp", "user.hostile", "here", 4, 0);
    setxattr("/dev/shm", "user.hostile", "here", 4, 0);
    for (size_t i = 0; i < sizeof rings / sizeof rings[0]; i++)
        syscall(SYS_add_key, "user", "hostile", "here", 4, rings[i]);
    _exit(0);
}
