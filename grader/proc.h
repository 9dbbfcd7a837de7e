/*
 * proc.h - reading /proc (proc(5))
 */
#ifndef PROC_H
#define PROC_H

#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

enum {
    PROC_LIMIT = 128
}; /* processes, or threads of one, that are looked at */

struct proc_stat {
    pid_t pid;
    pid_t parent;
    pid_t session;
    char state;
    char name[16];
    int is_ending; /* it has begun to end, or is a zombie already */
    int threads;
    uint64_t start;  /* clock ticks after the machine has started */
    uint64_t burnt;  /* processor time in ns: of all its threads, also those
                     * that have ended, and of the children it has reaped */
    uint64_t reaped; /* the latter alone */
};

/* A sleeping thread's system call, from /proc/PID/task/TID/syscall. */
struct proc_call {
    long number; /* -1: it runs, or waits outside a system call */
    uint64_t argument[6];
};

/* Reads /proc/PATH into text and terminates it with '\0'.
 * Returns the length, or -1 with errno set. */
ssize_t proc_read(char *text, size_t size, const char *path, ...)
    __attribute__((format(printf, 3, 4)));

/* Returns 0, or -1 if the process is gone. */
int proc_stat(pid_t pid, struct proc_stat *stat);

/* Processor time in ns of all that the calling process has reaped so far. */
uint64_t proc_reaped(void);

/* Like waitpid(2); counts what the child has burnt. */
pid_t proc_reap(pid_t pid, int *status, int flags);

/* All processes that descend from the calling one, zombies too. A process that
 * ended meanwhile has the state 'X': the kernel, which goes from one child to
 * the next, may then have left out those behind it.
 * Returns how many, at most limit. */
size_t proc_descendants(struct proc_stat *stats, size_t limit);

/* Leaves a child of the calling process, and all that descend from it, out of
 * proc_descendants(): a helper of ours, at most 16 at a time; and no more. */
void proc_hide(pid_t pid);
void proc_unhide(pid_t pid);

/* Who traces the thread, 0: nobody. The end of a traced process is not yet told
 * to its parent then, so it is not one that can be waited for. */
pid_t proc_tracer(pid_t thread);

/* Does it sleep or stand still, and has it left the processor? Until it has, it
 * may not yet have told anybody of that. */
int proc_is_off(pid_t thread);

/* The threads of a process. Returns how many, at most limit; 0: gone. */
size_t proc_threads(pid_t pid, pid_t *threads, size_t limit);

/* State letter and the number of context switches of a thread, from
 * /proc/PID/task/TID/status. Returns 0, or -1 if it is gone. */
int proc_thread(pid_t pid, pid_t thread, char *state, uint64_t *switches);

/* The system call that a thread waits in. Returns 0, or -1. */
int proc_call(pid_t pid, pid_t thread, struct proc_call *call);

/* What descriptor fd of the process is: "pipe:[123]", a path, ...
 * Returns 0, or -1 with errno set. */
int proc_fd(pid_t pid, int fd, char *target, size_t size);

/* What stat(2) tells of the object behind a descriptor: its kind and inode,
 * whatever name it has. Returns 0, or -1 with errno set. */
int proc_fd_stat(pid_t pid, int fd, struct stat *status);

/* What a descriptor was opened with (O_NONBLOCK ...), -1: unknown. */
int proc_fd_flags(pid_t pid, int fd);

/* Access mode of a descriptor: O_RDONLY, O_WRONLY or O_RDWR; -1: unknown. */
int proc_fd_access(pid_t pid, int fd);

/* The open descriptors, in rising order. Returns how many, at most limit. */
size_t proc_fds(pid_t pid, int *fds, size_t limit);

/* Copies memory of another process; a string ends at its '\0'.
 * Returns the number of bytes, or -1. */
ssize_t proc_memory(pid_t pid, uint64_t address, void *data, size_t size);

/* Does the heap (what malloc() takes from brk(2)) hold these bytes? */
int proc_heap_has(pid_t pid, const char *bytes, size_t size);

/* Bytes that the process has written so far, wherever to; UINT64_MAX if that is
 * not known. */
uint64_t proc_written(pid_t pid);

/* May a timer wake the process: a POSIX timer, or a timerfd? */
int proc_has_timer(pid_t pid);

/* Has it a handler for the signal? What alarm(2) and setitimer(2) have set is
 * shown nowhere, but who uses them catches SIGALRM. */
int proc_catches(pid_t pid, int signal);

#endif
