#define _GNU_SOURCE /* CLONE_THREAD, O_PATH */
/*
 * calls.c - see calls.h
 */
#include "calls.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/futex.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "census_socket.h"
#include "text.h"

enum object {
    ON_NOTHING, /* the call itself is what counts */
    ON_PATH,    /* argument 0 is a path */
    ON_PATH_AT, /* arguments 0 and 1 are a folder and a path */
    ON_FD,      /* argument 0 is a descriptor */
    ON_MAPPED,  /* argument 4 is a descriptor, to be mapped */
    ON_MEMORY,  /* argument 0 is an address in a mapped file */
    ON_ADDRESS, /* argument 0 a socket, argument 1 an address, 2 its size */
    ON_FUTEX,   /* argument 0 is an address, argument 1 what to do */
    ON_SETS,    /* argument 1 points to operations on semaphores, 2: how many */
    ON_QUEUE,   /* arguments as of msgsnd(2), msgrcv(2) */
    ON_NUMBERS, /* the call itself, and no object that could be looked up */
    ON_KEY,     /* msgget(2), semget(2), shmget(2): flags are the last one */
    ON_COMMAND, /* msgctl(2), semctl(2), shmctl(2) */
    ON_PROCESS  /* makes a process, or a thread */
};

static const struct named_call {
    long number;
    const char *name; /* as a program calls it */
    enum object object;
    uint32_t flags; /* CALL_* of wire.h, as far as the call alone tells */
    int error; /* it fails with, where it takes something from the system */
} named_calls[] = {
    {SYS_openat, "open", ON_PATH_AT, CALL_BLOCKS, EMFILE},
    {SYS_mknodat, "mkfifo", ON_PATH_AT, CALL_NAMES, ENOSPC},
    {SYS_unlinkat, "unlink", ON_PATH_AT, CALL_NAMES, 0},
    {SYS_linkat, "link", ON_PATH_AT, CALL_NAMES, ENOSPC},
    {SYS_renameat, "rename", ON_PATH_AT, CALL_NAMES, ENOSPC},
    {SYS_renameat2, "rename", ON_PATH_AT, CALL_NAMES, ENOSPC},
#ifdef SYS_open /* arm64 has only the newer calls */
    {SYS_open, "open", ON_PATH, CALL_BLOCKS, EMFILE},
    {SYS_creat, "open", ON_PATH, CALL_BLOCKS, EMFILE},
    {SYS_mknod, "mkfifo", ON_PATH, CALL_NAMES, ENOSPC},
    {SYS_unlink, "unlink", ON_PATH, CALL_NAMES, 0},
    {SYS_link, "link", ON_PATH, CALL_NAMES, ENOSPC},
    {SYS_rename, "rename", ON_PATH, CALL_NAMES, ENOSPC},
    {SYS_pipe, "pipe", ON_NOTHING, 0, EMFILE},
    {SYS_fork, "fork", ON_NOTHING, 0, EAGAIN},
    {SYS_vfork, "fork", ON_NOTHING, 0, EAGAIN},
    {SYS_poll, "poll", ON_NOTHING, CALL_BLOCKS, 0},
    {SYS_select, "select", ON_NOTHING, CALL_BLOCKS, 0},
    {SYS_epoll_wait, "epoll_wait", ON_NOTHING, CALL_BLOCKS, 0},
#endif
    {SYS_ftruncate, "ftruncate", ON_FD, CALL_NAMES, ENOSPC},
    {SYS_fchmod, "fchmod", ON_FD, CALL_ALONE, EPERM},
    {SYS_fallocate, "fallocate", ON_FD, 0, ENOSPC},
    {SYS_mmap, "mmap", ON_MAPPED, 0, ENOMEM},
    {SYS_msync, "msync", ON_MEMORY, 0, EIO},
    {SYS_munmap, "munmap", ON_MEMORY, 0, 0},
    {SYS_read, "read", ON_FD, CALL_BLOCKS, 0},
    {SYS_readv, "readv", ON_FD, CALL_BLOCKS, 0},
    {SYS_pread64, "pread", ON_FD, 0, 0},
    {SYS_write, "write", ON_FD, CALL_BLOCKS, 0},
    {SYS_writev, "writev", ON_FD, CALL_BLOCKS, 0},
    {SYS_pwrite64, "pwrite", ON_FD, 0, 0},
    {SYS_sendfile, "sendfile", ON_FD, CALL_BLOCKS, 0},
    {SYS_splice, "splice", ON_FD, CALL_BLOCKS, 0},
    {SYS_pipe2, "pipe", ON_NOTHING, 0, EMFILE},
    {SYS_clone, "fork", ON_PROCESS, 0, EAGAIN},
    {SYS_execve, "execve", ON_PATH, 0, 0},
    {SYS_wait4, "waitpid", ON_NOTHING, CALL_BLOCKS, 0},
    {SYS_waitid, "waitid", ON_NOTHING, CALL_BLOCKS, 0},
    {SYS_ppoll, "poll", ON_NOTHING, CALL_BLOCKS, 0},
    {SYS_pselect6, "select", ON_NOTHING, CALL_BLOCKS, 0},
    {SYS_epoll_pwait, "epoll_wait", ON_NOTHING, CALL_BLOCKS, 0},
    {SYS_futex, "futex", ON_FUTEX, 0, 0},
    {SYS_socket, "socket", ON_NUMBERS, CALL_ALONE, EMFILE},
    {SYS_bind, "bind", ON_ADDRESS, CALL_NAMES, ENOMEM},
    {SYS_connect, "connect", ON_ADDRESS, 0, 0},
    {SYS_sendto, "send", ON_FD, CALL_BLOCKS, 0},
    {SYS_sendmsg, "sendmsg", ON_FD, CALL_BLOCKS, 0},
    {SYS_recvfrom, "recv", ON_FD, CALL_BLOCKS, 0},
    {SYS_recvmsg, "recvmsg", ON_FD, CALL_BLOCKS, 0},
    {SYS_shmget, "shmget", ON_KEY, 0, ENOSPC},
    {SYS_shmat, "shmat", ON_NUMBERS, 0, ENOMEM},
    {SYS_shmdt, "shmdt", ON_NUMBERS, CALL_ALONE, 0},
    {SYS_shmctl, "shmctl", ON_COMMAND, 0, 0},
    {SYS_semget, "semget", ON_KEY, 0, ENOSPC},
    {SYS_semctl, "semctl", ON_COMMAND, 0, 0},
    {SYS_semop, "semop", ON_SETS, CALL_BLOCKS, 0},
    {SYS_semtimedop, "semop", ON_SETS, CALL_BLOCKS, 0},
    {SYS_msgget, "msgget", ON_KEY, 0, ENOSPC},
    {SYS_msgctl, "msgctl", ON_COMMAND, 0, 0},
    {SYS_msgsnd, "msgsnd", ON_QUEUE, CALL_BLOCKS, ENOMEM},
    {SYS_msgrcv, "msgrcv", ON_QUEUE, CALL_BLOCKS, 0},
};

enum {
    NAMED = sizeof named_calls / sizeof named_calls[0]
};

const int *
calls_numbers(size_t *n)
{
    static int numbers[NAMED];

    for (size_t i = 0; i < NAMED; i++)
        numbers[i] = (int)named_calls[i].number;
    *n = NAMED;
    return numbers;
}

static const struct named_call *
find(long number)
{
    for (size_t i = 0; i < NAMED; i++)
        if (named_calls[i].number == number)
            return &named_calls[i];
    return NULL;
}

/* What is being described. */
struct description {
    struct call_entry *entry;
    const struct named_call *named;
    const struct proc_call *call;
    pid_t own;
    pid_t process;
    pid_t thread;
};

/* sem_open(3) of glibc makes a semaphore under a random name, then links it. */
static int
is_temporary(const char *name)
{
    return strncmp(name, "/dev/shm/sem.", 13) == 0 && strlen(name) == 19 &&
           strchr(name + 13, '.') == NULL;
}

/* The name of a POSIX semaphore from that of its file, NULL if it is none. */
static const char *
semaphore_name(const char *name)
{
    return strncmp(name, "/dev/shm/sem.", 13) == 0 ? name + 13 : NULL;
}

/* What a program calls for a semaphore: its file is the C library's business.
 * Returns 1 if it is one. */
static int
add_semaphore(const struct description *d, const char *name)
{
    char *what = d->entry->what;
    size_t size = sizeof d->entry->what;
    const char *semaphore = semaphore_name(name);
    const char *call = d->named->name;

    if (semaphore == NULL)
        return 0;
    text_add(
        what, size, strcmp(call, "unlink") == 0 ? "sem_unlink(" : "sem_open(");
    if (!is_temporary(name))
        text_add(what, size, "\"/%s\"", semaphore);
    text_add(what, size, ")");
    if (strcmp(call, "open") != 0 && strcmp(call, "unlink") != 0)
        text_add(what, size, ", at its %s()", call);
    return 1;
}

/* A pid differs from run to run, and so does a name that is made of one: it is
 * shown as what it is. */
static void
add_name(char *text, size_t size, const char *name)
{
    const char *at = strrchr(name, '.');

    if (at == NULL || at[1] == '\0' ||
        at[1 + strspn(at + 1, "0123456789")] != '\0')
        text_quote(text, size, name, strlen(name));
    else
        text_add(text, size, "\"%.*s.PID\"", (int)(at - name), name);
}

/* Is the file in the work folder (the warden's current one), or a semaphore or
 * another shared object? Returns its name as the half knows it, or NULL. */
static const char *
own_name(const char *path)
{
    static char work[256];

    if (work[0] == '\0' && getcwd(work, sizeof work) == NULL)
        return NULL;
    size_t length = strlen(work);
    if (strncmp(path, "/dev/shm/", 9) == 0 ||
        strncmp(path, "/dev/mqueue/", 12) == 0)
        return path;
    if (strncmp(path, work, length) == 0 && path[length] == '/')
        return path + length + 1;
    if (strncmp(path, "/tmp/", 5) == 0)
        return path;
    return path[0] != '/' && path[0] != '\0' ? path : NULL;
}

static const char *
access_name(uint64_t flags)
{
    switch (flags & O_ACCMODE) {
    case O_RDONLY:
        return "O_RDONLY";
    case O_WRONLY:
        return "O_WRONLY";
    default:
        return "O_RDWR";
    }
}

/* Only a FIFO can make open() wait, and not one whose other end the process has
 * open itself. */
static int
open_can_wait(const struct description *d, const char *path, uint64_t flags)
{
    struct stat status;
    struct stat held;
    int fds[64];

    if ((flags & (O_NONBLOCK | O_CREAT)) != 0 ||
        (flags & O_ACCMODE) == O_RDWR || stat(path, &status) == -1 ||
        !S_ISFIFO(status.st_mode))
        return 0;
    size_t n = proc_fds(d->process, fds, sizeof fds / sizeof fds[0]);
    for (size_t i = 0; i < n; i++)
        if (proc_fd_stat(d->process, fds[i], &held) == 0 &&
            held.st_ino == status.st_ino && held.st_dev == status.st_dev &&
            proc_fd_access(d->process, fds[i]) != (int)(flags & O_ACCMODE))
            return 0;
    return 1;
}

static int
describe_path(struct description *d, int which)
{
    char *what = d->entry->what;
    size_t size = sizeof d->entry->what;
    char path[256] = "";

    if (proc_memory(
            d->thread, d->call->argument[which], path, sizeof path - 1) <= 0)
        return -1;
    while (strncmp(path, "./", 2) == 0)
        memmove(path, path + 2, strlen(path + 2) + 1);
    const char *name = own_name(path);
    if (d->named->number == SYS_execve) /* from wherever */
        name = strrchr(path, '/') != NULL ? strrchr(path, '/') + 1 : path;
    if (name == NULL)
        return -1;
    int is_semaphore = add_semaphore(d, name);
    if (!is_semaphore) {
        text_add(what, size, "%s(", d->named->name);
        add_name(what, size, name);
    }
    if (strcmp(d->named->name, "open") == 0) {
        uint64_t flags = d->call->argument[which + 1];
        if (!is_semaphore)
            text_add(what, size, ", %s", access_name(flags));
        d->entry->flags |= (flags & O_CREAT) != 0 ? CALL_NAMES : 0;
        if (!open_can_wait(d, path, flags))
            d->entry->flags &= ~(uint32_t)CALL_BLOCKS;
    }
    if (!is_semaphore)
        text_add(what, size, ")");
    return 0;
}

/* The words for a descriptor. Returns 0, or -1 if it is none of the lab's. */
static int
add_descriptor(struct description *d, int fd)
{
    static const char *const streams[] = {
        "standard input", "standard output", "standard error"};
    char *what = d->entry->what;
    size_t size = sizeof d->entry->what;
    char target[256];

    if (proc_fd(d->thread, fd, target, sizeof target) == -1)
        return -1;
    char *deleted = strstr(target, " (deleted)");
    if (deleted != NULL)
        *deleted = '\0';
    const char *name = target[0] == '/' ? own_name(target) : NULL;
    if (name != NULL) {
        add_name(what, size, name);
    } else if (fd >= 0 && fd <= 2) {
        /* Its own input is its own business; a child's comes from the half. */
        int is_alone = fd == 0 && (d->entry->flags & CALL_CHILD) == 0;
        d->entry->flags |= CALL_STREAM | (is_alone ? CALL_ALONE : 0);
        text_add(what, size, "%s", streams[fd]);
    } else if (strncmp(target, "pipe:", 5) == 0) {
        text_add(what, size, "a pipe");
    } else if (strncmp(target, "socket:", 7) == 0) {
        text_add(what, size, "a socket");
    } else {
        return -1;
    }
    return 0;
}

/* Neither a file nor what was opened with O_NONBLOCK can make a call wait. */
static int
can_wait(pid_t thread, int fd)
{
    struct stat status;

    if (proc_fd_stat(thread, fd, &status) == -1 || S_ISREG(status.st_mode))
        return 0;
    int flags = proc_fd_flags(thread, fd);
    return flags != -1 && (flags & O_NONBLOCK) == 0;
}

static int
describe_fd(struct description *d, int which)
{
    int fd = (int)d->call->argument[which];
    const char *name = d->named->name;

    text_add(d->entry->what, sizeof d->entry->what, "%s(", name);
    if (add_descriptor(d, fd) == -1)
        return -1;
    if (!can_wait(d->thread, fd) ||
        ((strncmp(name, "send", 4) == 0 || strncmp(name, "recv", 4) == 0) &&
            (d->call->argument[strstr(name, "msg") ? 2 : 3] & MSG_DONTWAIT)))
        d->entry->flags &= ~(uint32_t)CALL_BLOCKS;
    text_add(d->entry->what, sizeof d->entry->what, ")");
    return 0;
}

/* The name of the file that is mapped at an address, "" if there is none.
 * Returns the first address behind the mapping, 0 if there is none. */
static uint64_t
mapped_name(pid_t pid, uint64_t address, char *name, size_t size)
{
    enum {
        SIZE = 65536
    };
    static char text[SIZE];
    uint64_t start;
    uint64_t end;
    int at = 0;

    name[0] = '\0';
    if (proc_read(text, sizeof text, "%d/maps", (int)pid) <= 0)
        return 0;
    for (char *line = text; *line != '\0'; line += strcspn(line, "\n") + 1) {
        size_t length = strcspn(line, "\n");
        if (line[length] == '\0')
            return 0;
        line[length] = '\0';
        if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %*s %*s %*s %*s %n", &start,
                &end, &at) >= 2 &&
            address >= start && address < end) {
            text_add(name, size, "%s", at > 0 ? line + at : "");
            return end;
        }
        line[length] = '\n';
    }
    return 0;
}

/* msync() of whole pages of a file, or what is wrong with it. munmap() is worth
 * a word only if it takes away more than the file. */
static int
describe_memory(struct description *d)
{
    const uint64_t *argument = d->call->argument;
    char *what = d->entry->what;
    size_t size = sizeof d->entry->what;
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    char name[128];
    uint64_t end = mapped_name(d->thread, argument[0], name, sizeof name);
    int is_odd = argument[0] % page != 0;
    int is_beyond = !is_odd && argument[1] > end - argument[0];

    if (own_name(name) == NULL || (d->call->number == SYS_munmap && !is_beyond))
        return -1;
    text_add(what, size, "%s(", d->named->name);
    if (d->call->number == SYS_msync)
        text_add(
            what, size, (argument[2] & MS_SYNC) != 0 ? "MS_SYNC" : "MS_ASYNC");
    text_add(what, size, ")%s%s", is_odd ? " of an odd address" : "",
        is_beyond ? " that reaches behind the mapping" : "");
    return 0;
}

static int
describe_futex(struct description *d)
{
    int operation = (int)d->call->argument[1] & FUTEX_CMD_MASK;
    int is_wait = operation == FUTEX_WAIT || operation == FUTEX_WAIT_BITSET;
    char name[128];

    if (!is_wait && operation != FUTEX_WAKE)
        return -1;
    mapped_name(d->thread, d->call->argument[0], name, sizeof name);
    const char *own = own_name(name);
    /* sem_open() maps a semaphore under a name of its own for a moment. */
    const char *word =
        strncmp(name, "/dev/shm/sem.", 13) == 0 ? "sem" : "futex";
    if (own == NULL)
        return -1;
    if (is_wait)
        d->entry->flags |= CALL_BLOCKS;
    text_add(d->entry->what, sizeof d->entry->what, "%s_%s()", word,
        is_wait                    ? "wait"
        : strcmp(word, "sem") == 0 ? "post"
                                   : "wake");
    return 0;
}

/* msgget(IPC_CREAT) makes a queue, msgget() looks for one: only that can fail
 * for want of room. */
static int
describe_key(struct description *d)
{
    const uint64_t *argument = d->call->argument;
    uint64_t flags = argument[d->call->number == SYS_msgget ? 1 : 2];
    int is_made = (flags & IPC_CREAT) != 0 || (key_t)argument[0] == IPC_PRIVATE;

    if (!is_made)
        d->entry->error = 0;
    d->entry->flags |= is_made ? CALL_NAMES : CALL_ALONE;
    text_add(d->entry->what, sizeof d->entry->what, "%s(%s)", d->named->name,
        is_made ? "IPC_CREAT" : "");
    return 0;
}

/* semctl(SETALL): what is done, where it changes something. Who gives values
 * to a set may find that it was removed. */
static int
describe_command(struct description *d)
{
    enum {
        IPC_64 = 0x100 /* glibc adds it on some processors */
    };
    const uint64_t *argument = d->call->argument;
    int is_set = d->call->number == SYS_semctl;
    int command = (int)argument[is_set ? 2 : 1] & ~IPC_64;
    int is_value = is_set && (command == SETALL || command == SETVAL);

    if (command == IPC_RMID)
        d->entry->flags |= CALL_NAMES;
    if (is_value)
        d->entry->error = EIDRM;
    text_add(d->entry->what, sizeof d->entry->what, "%s(%s)", d->named->name,
        command == IPC_RMID             ? "IPC_RMID"
        : command == IPC_SET            ? "IPC_SET"
        : is_value && command == SETALL ? "SETALL"
        : is_value                      ? "SETVAL"
                                        : "");
    return 0;
}

/* semop(1 down, 0 up): how much depends on who is faster. Only what takes away,
 * or waits for zero, can wait. SEM_UNDO takes memory. */
static int
describe_sets(struct description *d)
{
    struct sembuf list[4];
    size_t n = (size_t)d->call->argument[2];
    char *what = d->entry->what;
    size_t size = sizeof d->entry->what;
    int waits = 0;

    if (n > sizeof list / sizeof list[0])
        n = sizeof list / sizeof list[0];
    text_add(what, size, "%s(", d->named->name);
    if (proc_memory(d->thread, d->call->argument[1], list, n * sizeof *list) !=
        (ssize_t)(n * sizeof *list))
        n = 0;
    for (size_t i = 0; i < n; i++) {
        text_add(what, size, "%s%d %s", i > 0 ? ", " : "", list[i].sem_num,
            list[i].sem_op > 0   ? "up"
            : list[i].sem_op < 0 ? "down"
                                 : "at 0");
        if ((list[i].sem_flg & SEM_UNDO) != 0)
            d->entry->error = ENOMEM;
        waits |= list[i].sem_op <= 0 && (list[i].sem_flg & IPC_NOWAIT) == 0;
    }
    if (!waits)
        d->entry->flags &= ~(uint32_t)CALL_BLOCKS;
    text_add(what, size, ")");
    return 0;
}

static int
describe_process(struct description *d)
{
    int is_thread = (d->call->argument[0] & CLONE_THREAD) != 0;

    if (is_thread)
        d->entry->flags |= CALL_ALONE;
    text_add(d->entry->what, sizeof d->entry->what, "%s()",
        is_thread ? "pthread_create" : d->named->name);
    return 0;
}

static int
describe_queue(struct description *d)
{
    int is_send = d->call->number == SYS_msgsnd;

    if (d->call->argument[is_send ? 3 : 4] & IPC_NOWAIT)
        d->entry->flags &= ~(uint32_t)CALL_BLOCKS;
    text_add(d->entry->what, sizeof d->entry->what, "%s()", d->named->name);
    return 0;
}

/* Why mmap() of a file will fail, or "". See mmap(2): EACCES. */
static const char *
map_trouble(const struct description *d, int fd)
{
    const uint64_t *argument = d->call->argument;
    int access = proc_fd_access(d->thread, fd);

    if (access == O_WRONLY)
        return " of what is open for writing only";
    if (access == O_RDONLY && (argument[2] & PROT_WRITE) != 0 &&
        (argument[3] & MAP_TYPE) != MAP_PRIVATE)
        return " for writing of what is open for reading only";
    return "";
}

static int
describe_mapping(struct description *d)
{
    char target[256];
    int fd = (int)d->call->argument[4];
    int is_open = proc_fd(d->thread, fd, target, sizeof target) == 0;
    const char *name = is_open && target[0] == '/' ? own_name(target) : NULL;

    if (!is_open && fd >= 0) {
        text_add(d->entry->what, sizeof d->entry->what,
            "%s() of a closed descriptor", d->named->name);
        return 0;
    }
    if (name != NULL && name[0] != '/' &&
        (d->call->argument[3] & MAP_PRIVATE) != 0)
        d->entry->flags |= CALL_COPIES;
    if (name != NULL && add_semaphore(d, name))
        return 0;
    if (describe_fd(d, 4) == -1)
        return -1;
    text_add(d->entry->what, sizeof d->entry->what, "%s", map_trouble(d, fd));
    return 0;
}

static int
describe(struct description *d)
{
    char *what = d->entry->what;
    size_t size = sizeof d->entry->what;

    switch (d->named->object) {
    case ON_PATH:
        return describe_path(d, 0);
    case ON_PATH_AT:
        return describe_path(d, 1);
    case ON_FD:
        return describe_fd(d, 0);
    case ON_MAPPED:
        return describe_mapping(d);
    case ON_ADDRESS:
    case ON_NOTHING:
    case ON_NUMBERS:
        text_add(what, size, "%s()", d->named->name);
        return 0;
    case ON_MEMORY:
        return describe_memory(d);
    case ON_FUTEX:
        return describe_futex(d);
    case ON_KEY:
        return describe_key(d);
    case ON_COMMAND:
        return describe_command(d);
    case ON_SETS:
        return describe_sets(d);
    case ON_QUEUE:
        return describe_queue(d);
    case ON_PROCESS:
        return describe_process(d);
    }
    return -1;
}

/* The process that a thread belongs to. */
static pid_t
process_of(pid_t thread)
{
    char text[1024];
    int process = 0;

    if (proc_read(text, sizeof text, "%d/status", (int)thread) <= 0)
        return thread;
    const char *line = strstr(text, "\nTgid:");
    if (line == NULL || sscanf(line, "\nTgid: %d", &process) != 1)
        return thread;
    return process;
}

/* Has the process become another program than the half's, or is it about to? A
 * helper that the half has forked is the half, too. */
static int
is_other_program(const struct description *d)
{
    struct proc_stat half;
    struct proc_stat process;

    return d->named->number == SYS_execve ||
           (proc_stat(d->own, &half) == 0 &&
               proc_stat(d->process, &process) == 0 &&
               strcmp(half.name, process.name) != 0);
}

int
calls_describe(struct call_entry *entry, pid_t own, pid_t thread,
    const struct proc_call *call)
{
    const struct named_call *named = find(call->number);
    struct description d = {entry, named, call, own, thread, thread};

    memset(entry, 0, sizeof *entry);
    if (named == NULL)
        return -1;
    if (thread != own)
        d.process = process_of(thread);
    entry->pid = d.process;
    entry->flags = named->flags;
    entry->error = named->error;
    if (d.process != own) {
        entry->flags |= is_other_program(&d) ? CALL_CHILD : 0;
        text_add(entry->what, sizeof entry->what, "%s",
            (entry->flags & CALL_CHILD) != 0 ? "child: " : "helper: ");
    }
    return describe(&d);
}

/* Has anybody the pipe or FIFO open for writing? Else its end can be read. */
static int
has_writer(uint64_t inode)
{
    static struct proc_stat stats[PROC_LIMIT];
    struct stat status;
    int fds[PROC_LIMIT];
    size_t n = proc_descendants(stats, PROC_LIMIT - 1);

    stats[n++].pid = getpid();
    for (size_t i = 0; i < n; i++)
        for (size_t f = 0, m = proc_fds(stats[i].pid, fds, PROC_LIMIT); f < m;
             f++)
            if (proc_fd_stat(stats[i].pid, fds[f], &status) == 0 &&
                S_ISFIFO(status.st_mode) && status.st_ino == inode &&
                proc_fd_access(stats[i].pid, fds[f]) != O_RDONLY)
                return 1;
    return 0;
}

/* Where there can be no copy of the descriptor: a socket is asked about, of
 * what else it may be we open our own. */
static int
finds_from_outside(pid_t pid, int fd)
{
    struct census_socket socket;
    struct stat status;
    char path[64];

    if (proc_fd_stat(pid, fd, &status) == -1)
        return 0;
    if (S_ISSOCK(status.st_mode))
        return census_socket(pid, fd, &socket) == 0 && socket.queued > 0;
    snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)pid, fd);
    struct pollfd own = {
        open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC), POLLIN, 0};
    if (own.fd == -1)
        return 0;
    int n = poll(&own, 1, 0);
    close(own.fd);
    return n > 0 || (S_ISFIFO(status.st_mode) && !has_writer(status.st_ino));
}

int
calls_finds_data(const struct call_entry *entry, const struct proc_call *call)
{
    const struct named_call *named = find(call->number);
    struct pollfd copy = {.events = POLLIN};

    if (named == NULL || named->object != ON_FD ||
        (strncmp(named->name, "read", 4) != 0 &&
            strncmp(named->name, "recv", 4) != 0))
        return 0;
    copy.fd = census_take_fd(entry->pid, (int)call->argument[0]);
    if (copy.fd == -1)
        return finds_from_outside(entry->pid, (int)call->argument[0]);
    int n = poll(&copy, 1, 0);
    close(copy.fd);
    return n > 0;
}
