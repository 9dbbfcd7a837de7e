/*
 * bwrap.c - see bwrap.h
 */
#include "bwrap.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "image.h"

enum {
    FIRST_FILE = 10
}; /* descriptors of files, while bwrap copies them */

static const char size_of_work[] = "16777216";

void
bwrap_add(struct bwrap *command, const char *const *words)
{
    for (; *words != NULL && command->n + 1 < BWRAP_ARGUMENTS; words++)
        command->argv[command->n++] = (char *)*words;
    command->argv[command->n] = NULL;
}

/* /lib, /bin ...: links into /usr on most machines, folders on some. */
static void
add_system(struct bwrap *command)
{
    static const char *const folders[] = {"/bin", "/lib", "/lib32", "/lib64"};
    static char links[4][256];

    BWRAP_ADD(command, "--ro-bind", "/usr", "/usr");
    for (size_t i = 0; i < 4; i++) {
        ssize_t n = readlink(folders[i], links[i], sizeof links[i] - 1);
        if (n > 0)
            BWRAP_ADD(command, "--symlink", links[i], folders[i]);
        else
            BWRAP_ADD(command, "--ro-bind-try", folders[i], folders[i]);
    }
    BWRAP_ADD(
        command, "--ro-bind-try", "/etc/alternatives", "/etc/alternatives");
    BWRAP_ADD(command, "--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache");
}

void
bwrap_walls(struct bwrap *command)
{
    BWRAP_ADD(command, "bwrap", "--unshare-user", "--unshare-pid",
        "--unshare-ipc", "--unshare-net", "--unshare-uts",
        "--unshare-cgroup-try", "--die-with-parent", "--new-session",
        "--disable-userns", "--clearenv", "--uid", "0", "--gid", "0");
    add_system(command);
    /* The user who is root in the sandbox may set what the kernel keeps for
     * each namespace: how many objects there can be, for one. */
    BWRAP_ADD(command, "--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys",
        "--dev", "/dev", "--size", size_of_work, "--tmpfs", "/work", "--size",
        size_of_work, "--tmpfs", "/tmp", "--size", size_of_work, "--tmpfs",
        "/dev/shm", "--mqueue", "/dev/mqueue", "--dir", "/kit");
}

void
bwrap_files(struct bwrap *command, const struct sandbox_file *files, size_t n)
{
    for (size_t i = 0; i < n && i < SANDBOX_FILES; i++) {
        char(*text)[80] = command->text[i];
        snprintf(text[0], sizeof text[0], "%04o", files[i].mode);
        snprintf(text[1], sizeof text[1], "%d", FIRST_FILE + (int)i);
        snprintf(text[2], sizeof text[2], "/kit/%s", files[i].path);
        BWRAP_ADD(command, "--perms", text[0], "--file", text[1], text[2]);
    }
    /* Process 1 is the warden; whose user a half has, too, and so could write
     * into what tells the kernel whom to end first, or how to schedule it. A
     * warden with sanitizers, which only tests have, looks for its own memory
     * there. */
#ifndef __SANITIZE_ADDRESS__
    BWRAP_ADD(command, "--size", "4096", "--tmpfs", "/proc/1", "--remount-ro",
        "/proc/1");
#endif
    BWRAP_ADD(command, "--remount-ro", "/", "--remount-ro", "/dev");
}

int
bwrap_place(const struct sandbox_file *files, size_t n)
{
    int high[SANDBOX_FILES];

    for (size_t i = 0; i < n; i++) {
        int fd = image_open(files[i].image);
        high[i] = fcntl(fd, F_DUPFD_CLOEXEC, FIRST_FILE + SANDBOX_FILES);
        if (high[i] == -1)
            return -1;
        close(fd);
    }
    for (size_t i = 0; i < n; i++)
        if (dup2(high[i], FIRST_FILE + (int)i) == -1)
            return -1;
    return 0;
}
