#define _GNU_SOURCE /* ptrace(2): PTRACE_SEIZE, PTRACE_GET_SYSCALL_INFO */
/*
 * tripwire.c - see tripwire.h
 */
#include "tripwire.h"

#include <signal.h>
#include <stddef.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* sys/ptrace.h of some C libraries lacks these (linux/ptrace.h, which cannot
 * be included together with it, has them). */
enum {
    GET_SYSCALL_INFO = 0x420e,
    SYSCALL_ENTRY = 1
};

struct syscall_info {
    uint8_t op;
    uint8_t pad[3];
    uint32_t arch;
    uint64_t instruction_pointer;
    uint64_t stack_pointer;
    uint64_t number; /* at SYSCALL_ENTRY */
    uint64_t arguments[6];
    uint64_t more[2];
};

static long
trace(int request, pid_t pid, uintptr_t address, uintptr_t data)
{
    return ptrace(
        (enum __ptrace_request)request, pid, (void *)address, (void *)data);
}

int
tripwire_set(struct tripwire *tripwire, pid_t pid, uint64_t count)
{
    if (trace(PTRACE_SEIZE, pid, 0, PTRACE_O_TRACESYSGOOD) == -1)
        return -1;
    tripwire->left = count;
    return (int)trace(PTRACE_INTERRUPT, pid, 0, 0);
}

static int
is_semop(pid_t pid)
{
    struct syscall_info info = {0};

    if (trace(GET_SYSCALL_INFO, pid, sizeof info, (uintptr_t)&info) <= 0 ||
        info.op != SYSCALL_ENTRY)
        return 0;
    return info.number == SYS_semtimedop || info.number == SYS_semop;
}

void
tripwire_stopped(struct tripwire *tripwire, pid_t pid, int status)
{
    int signal = WSTOPSIG(status);
    int is_call = signal == (SIGTRAP | 0x80);
    int is_event = status >> 16 != 0; /* of the tracing itself */

    if (tripwire == NULL || tripwire->left == 0)
        return;
    if (is_call && is_semop(pid) && --tripwire->left == 0) {
        kill(pid, SIGKILL);
        return;
    }
    trace(PTRACE_SYSCALL, pid, 0, is_call || is_event ? 0 : (uintptr_t)signal);
}
