/*
 * sandbox.c - see sandbox.h
 */
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cage.h"
#include "patience.h"
#include "text.h"
#include "walls.h"

enum {
    PROCESSES = 32 /* of a script, at the same time */
};

static enum turn turn;

void
sandbox_expect_turn(enum turn next)
{
    turn = next;
}

/* Returns 0, or -1. */
static int
take_turn(struct sandbox *sandbox)
{
    const struct walls *walls = sandbox->walls;

    if (walls->is_only_turns)
        return turn_take(&sandbox->turn, TURN_KEYS);
    if (walls->has_turns && turn != TURN_NONE)
        return turn_take(&sandbox->turn, turn);
    return 0;
}

static void
give_turn(struct sandbox *sandbox)
{
    if (sandbox->turn.fd != -1)
        place_give(&sandbox->turn);
}

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
        .place = {.fd = -1},
        .turn = {.fd = -1},
        .walls = walls_in_use()};
    int result = take_turn(sandbox);
    if (result == 0)
        result = sandbox->walls->enter(
            sandbox, all, nfiles + 1, ends[1], word, wine);
    close(ends[1]);
    if (result == -1) {
        close(ends[0]);
        give_turn(sandbox);
    }
    return result;
}

/* The warden has ended: then bwrap ends, too, and its leash as it did, but that
 * may take a moment. */
static int
has_no_warden(const struct sandbox *sandbox)
{
    struct pollfd end = {sandbox->socket, 0, 0};

    return poll(&end, 1, 0) == 1 && (end.revents & POLLHUP) != 0;
}

int
sandbox_was_killed(const struct sandbox *sandbox)
{
    siginfo_t info = {.si_pid = 0};
    int flags = has_no_warden(sandbox) ? 0 : WNOHANG;

    return sandbox->walls->level == WALLS_NAMESPACES &&
           waitid(P_PID, (id_t)sandbox->pid, &info,
               WEXITED | WNOWAIT | flags) == 0 &&
           info.si_pid == sandbox->pid && info.si_code != CLD_EXITED;
}

void
sandbox_leave(struct sandbox *sandbox)
{
    close(sandbox->socket);
    sandbox->walls->leave(sandbox);
    give_turn(sandbox);
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
    /* Over the first number comes SIGXCPU, which the compiler tells. */
    static const struct rlimit seconds = {SANDBOX_SECONDS, SANDBOX_SECONDS + 1};
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

    signal(SIGPIPE, SIG_DFL);
    /* Who says too much loses the rest of it, but does not die. */
    signal(SIGXFSZ, SIG_IGN);
    if (null == -1 || dup2(null, 0) == -1 || dup2(output, 1) == -1 ||
        dup2(messages, 2) == -1 || setrlimit(RLIMIT_CPU, &seconds) == -1 ||
        cage_limit(RLIMIT_FSIZE, SANDBOX_BYTES) == -1)
        return -1;
    return cage_limit(RLIMIT_CORE, 0);
}

int
sandbox_limit_memory(void)
{
    return cage_limit(RLIMIT_AS, SANDBOX_MEMORY);
}

int
sandbox_wait(pid_t pid)
{
    static const struct patience_limits limits = {.memory = SANDBOX_MEMORY,
        .processes = PROCESSES,
        .seconds = SANDBOX_SECONDS};
    int status = -1;

    switch (patience_wait(pid, &limits, &status)) {
    case PATIENCE_STUCK:
        return SANDBOX_STUCK << 8;
    case PATIENCE_GREEDY:
        return SANDBOX_GREEDY << 8;
    case PATIENCE_BURNT:
        return SANDBOX_BURNT << 8;
    case PATIENCE_ENDED:
        break;
    }
    return status;
}

void
sandbox_tell_end(char *said, size_t size, int status)
{
    if (status == -1)
        text_add(said, size, "%s", strerror(errno));
    else if (WIFSIGNALED(status))
        text_add(said, size, "it was ended by signal %d", WTERMSIG(status));
    else if (WEXITSTATUS(status) == SANDBOX_STUCK)
        text_add(said, size, "it waits for ever");
    else
        text_add(said, size, "it ended with status %d", WEXITSTATUS(status));
}
