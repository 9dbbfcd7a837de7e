/*
 * program.c - starts a program (see program.h)
 */
#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "base_filter.h"
#include "cage.h"
#include "census_socket.h"
#include "fence.h"
#include "trace.h"
#include "wine.h"

enum {
    ARGUMENTS = 64,
    STREAMS = 4 /* input, output, error, and what Wine tells */
};

const struct program program_none = {
    .input = -1, .output = {-1, -1}, .log = -1};

/* Both ends close-on-exec, ours not blocking. */
static int
make_pipe(int ends[2], int ours)
{
    if (pipe(ends) == -1)
        return -1;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    fcntl(ends[ours], F_SETFL, O_NONBLOCK);
    return 0;
}

/* A terminal without echo: ends[0] is the program's side, ends[1] ours. */
static int
make_terminal(int ends[2])
{
    struct termios settings;

    ends[1] = posix_openpt(O_RDWR | O_NOCTTY);
    if (ends[1] == -1 || grantpt(ends[1]) == -1 || unlockpt(ends[1]) == -1)
        return -1;
    ends[0] = open(ptsname(ends[1]), O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (ends[0] == -1 || tcgetattr(ends[0], &settings) == -1)
        return -1;
    settings.c_lflag &= ~(tcflag_t)ECHO;
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFL, O_NONBLOCK);
    return tcsetattr(ends[0], TCSANOW, &settings);
}

/* Fills a pipe, so that the next write into it waits; or leaves room for so
 * many bytes: a pipe is made of pages, and only a whole one can be emptied. */
static size_t
fill(const int ends[2], size_t room)
{
    static char block[65536]; /* no page is larger */
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t filled = 0;
    ssize_t n;

    fcntl(ends[1], F_SETFL, O_NONBLOCK);
    while ((n = write(ends[1], block, page)) > 0)
        filled += (size_t)n;
    if (room > 0 && read(ends[0], block, page) == (ssize_t)page &&
        write(ends[1], block, page - room) == (ssize_t)(page - room))
        filled -= room;
    fcntl(ends[1], F_SETFL, 0);
    return filled;
}

static int
open_streams(struct program *program, uint64_t flags, int ends[STREAMS][2])
{
    int *input = ends[0];
    int *output = ends[1];
    struct stat status;
    int is_terminal = (flags & START_TERMINAL) != 0;

    if ((is_terminal ? make_terminal(input) : make_pipe(input, 1)) == -1 ||
        make_pipe(output, 0) == -1 || make_pipe(ends[2], 0) == -1 ||
        fstat(input[0], &status) == -1)
        return -1;
    program->input_inode = status.st_ino;
    program->is_terminal = is_terminal;
    if (flags & (START_HOLD | START_ROOM)) {
        program->is_held = 1;
        program->skip =
            fill(output, (flags & START_ROOM) ? strlen("ready\n") : 0);
    }
    if (flags & START_FULL) {
        close(output[1]);
        output[1] = open("/dev/full", O_WRONLY | O_CLOEXEC);
    }
    if (flags & START_CLOSED) {
        close(output[0]);
        output[0] = -1;
    }
    if (flags & START_FOLDER) {
        close(input[0]);
        input[0] = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (input[0] == -1)
            return -1;
    }
    return 0;
}

/* The pipe for what Wine tells, and who takes it from there. */
static int
open_log(struct program *program, int log[2])
{
    program->relay = relay_new();
    return program->relay == NULL ? -1 : make_pipe(log, 0);
}

/* As a shell starts it: nothing blocked, nothing ignored, whatever held for us
 * or for whoever has started the grader. */
static void
reset_signals(void)
{
    sigset_t none;

    for (int number = 1; number < SIGSYS; number++)
        signal(number, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Is it the reference, or does it start one (PATH in cage.c)? */
static int
needs_reference(
    const struct request *request, const char *kit, char *const argv[])
{
    char path[256];

    if (strncmp(request->program, "reference/", 10) == 0)
        return 1;
    for (int i = 1; argv[0] != NULL && argv[i] != NULL; i++) {
        snprintf(path, sizeof path, "%s/reference/%s", kit, argv[i]);
        if (strchr(argv[i], '/') == NULL && argv[i][0] != '\0' &&
            strcmp(argv[i], "..") != 0 && strcmp(argv[i], ".") != 0 &&
            access(path, X_OK) == 0)
            return 1;
    }
    return 0;
}

/* However many processes a half has, the next one can be started. */
static void
leave_room(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NPROC, &limit) == -1 ||
        limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur <= 2 * HALVES)
        return;
    limit.rlim_cur -= HALVES;
    limit.rlim_max = limit.rlim_cur;
    setrlimit(RLIMIT_NPROC, &limit);
}

static _Noreturn void
become(const struct program *program, const struct request *request,
    const char *kit, char *argv[], const int streams[STREAMS])
{
    int is_wine = (request->count & START_WINE) != 0;

    setsid();
    for (int fd = 0; fd < 3; fd++)
        if (dup2(streams[fd], fd) == -1)
            _exit(126);
    if (is_wine &&
        (dup2(streams[3], WINE_LOG) == -1 || fcntl(WINE_LOG, F_SETFD, 0) == -1))
        _exit(126);
    reset_signals();
    leave_room();
    fence_become_half();
    /* Wine reserves far more memory than it uses. */
    cage_close(is_wine || (request->count & START_CHECKED) != 0);
    fence_close(needs_reference(request, kit, argv));
    umask((request->count & START_UMASK) ? 0777 : 022);
    control_enter();
    if (cage_limit(RLIMIT_NOFILE, CAGE_DESCRIPTORS) == -1 ||
        base_filter_enter() == -1)
        _exit(126);
    if (is_wine) {
        argv[0] = (char *)program->path;
        wine_become(kit, argv);
    }
    char **environment =
        cage_environment(kit, (request->count & START_SHORT) != 0);
    trace_hold();
    execve(program->path, argv, environment);
    fprintf(stderr, "cannot start %s: %s\n", program->path, strerror(errno));
    _exit(126);
}

static void
close_all(const int streams[STREAMS])
{
    for (int i = 0; i < STREAMS; i++)
        if (streams[i] != -1)
            close(streams[i]);
}

/* Our ends of the streams, also of those that could not all be opened. */
static void
take_ends(struct program *program, int ends[STREAMS][2])
{
    program->input = ends[0][1];
    program->output[0] = ends[1][0];
    program->output[1] = ends[2][0];
    program->log = ends[3][0];
}

/* There is no program. Returns result, errno as it was. */
static int
fail(struct program *program, const int streams[STREAMS], int result)
{
    int error = errno;

    close_all(streams);
    program->state.pid = -1; /* it has streams that are to be closed */
    program_forget(program);
    errno = error;
    return result;
}

/* Its calls do not stop. If somebody has ended it that will be seen, as with any
 * other half; if the kernel refuses, only whoever must be watched cannot go on.
 */
static int
may_go_on(const struct program *program, int is_logged)
{
    int error = errno;

    if (error == ECHILD)
        return 1;
    if (!is_logged) {
        census_socket_time_unknown();
        return 1;
    }
    kill(program->state.pid, SIGKILL);
    waitpid(program->state.pid, NULL, 0);
    errno = error;
    return 0;
}

void
program_name(const char *path, char name[24])
{
    const char *slash = strrchr(path, '/');

    snprintf(name, 24, "%.23s", slash != NULL ? slash + 1 : path);
    name[strcspn(name, ".")] = '\0';
}

int
program_is_tool(const char *path)
{
    return strstr(path, "/tools/") != NULL;
}

int
program_start(struct program *program, const struct request *request,
    const char *kit, const char *strings, size_t size)
{
    char *argv[ARGUMENTS + 1];
    size_t n = 0;
    int ends[STREAMS][2] = {{-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}};
    int is_wine = (request->count & START_WINE) != 0;
    int is_logged = (request->count & START_LOGGED) != 0;

    for (size_t at = 0; at < size && n < ARGUMENTS; n++) {
        argv[n] = (char *)strings + at;
        at += strlen(argv[n]) + 1;
    }
    argv[n] = NULL;
    *program = program_none;
    program_name(request->program, program->name);
    snprintf(
        program->path, sizeof program->path, "%s/%s", kit, request->program);
    if (is_wine && n > 1 && strncmp(argv[1], "../kit/", 7) == 0)
        snprintf(program->child_path, sizeof program->child_path, "%s/%s.exe",
            kit, argv[1] + 7);
    if (is_wine && !wine_is_on()) {
        errno = ESRCH;
        return -1;
    }
    int is_open = open_streams(program, request->count, ends) == 0 &&
                  (!is_wine || open_log(program, ends[3]) == 0);
    take_ends(program, ends);
    const int streams[STREAMS] = {
        ends[0][0], ends[1][1], ends[2][1], ends[3][1]};
    if (!is_open)
        return fail(program, streams, -1);
    int is_adopted = control_prepare(is_logged);
    if (is_adopted == -1)
        return fail(program, streams, -2);
    program->state.pid = fork();
    if (program->state.pid == 0)
        become(program, request, kit, argv, streams);
    if (is_adopted)
        program->control = control_adopt(program->state.pid, &request->rule);
    if (program->state.pid == -1)
        return fail(program, streams, -1);
    if (is_adopted && program->control == NULL &&
        !may_go_on(program, is_logged))
        return fail(program, streams, -2);
    trace_attach(program->state.pid, program->name);
    close_all(streams);
    program->is_checked = (request->count & START_CHECKED) != 0;
    program->is_pattern = (request->count & START_PATTERN) != 0;
    program->pattern_seed = request->seed;
    for (int i = 0; i < 2; i++)
        program->kept[i].limit = request->keep > 0 ? request->keep : KEPT_BYTES;
    return 0;
}
