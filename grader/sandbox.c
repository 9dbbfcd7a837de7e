/*
 * sandbox.c - see sandbox.h
 */
#include "sandbox.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cage.h"
#include "walls.h"

enum {
    COMPILE_SECONDS = 20,
    COMPILE_MEMORY = 2000000000,
    COMPILE_BYTES = 16 << 20
};

int
sandbox_enter(struct sandbox *sandbox, const struct sandbox_file *files,
    size_t nfiles, int warden, const char *word, const char *wine)
{
    struct sandbox_file all[SANDBOX_FILES];
    int ends[2];

    if (nfiles >= SANDBOX_FILES ||
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == -1)
        return -1;
    if (nfiles > 0)
        memcpy(all, files, nfiles * sizeof *files);
    all[nfiles] = (struct sandbox_file){"warden", warden, 0111};
    *sandbox = (struct sandbox){.pid = -1,
        .socket = ends[0],
        .lease = -1,
        .number = -1,
        .walls = walls_in_use()};
    int result =
        sandbox->walls->enter(sandbox, all, nfiles + 1, ends[1], word, wine);
    close(ends[1]);
    if (result == -1)
        close(ends[0]);
    return result;
}

void
sandbox_leave(struct sandbox *sandbox)
{
    close(sandbox->socket);
    sandbox->walls->leave(sandbox);
}

int
sandbox_run(const char *script, const struct sandbox_file *files, size_t nfiles,
    int output, int messages)
{
    return walls_in_use()->run(script, files, nfiles, output, messages);
}

int
sandbox_streams(int output, int messages)
{
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

    signal(SIGPIPE, SIG_DFL);
    if (null == -1 || dup2(null, 0) == -1 || dup2(output, 1) == -1 ||
        dup2(messages, 2) == -1 ||
        cage_limit(RLIMIT_CPU, COMPILE_SECONDS) == -1 ||
        cage_limit(RLIMIT_FSIZE, COMPILE_BYTES) == -1)
        return -1;
    return cage_limit(RLIMIT_CORE, 0);
}

int
sandbox_limit_memory(void)
{
    return cage_limit(RLIMIT_AS, COMPILE_MEMORY);
}
