/*
 * kin.c - see kin.h
 */
#include "kin.h"

#include <signal.h>

#include "halves.h"

enum {
    ROUNDS = 16 /* who forks while he is hunted has no room for more */
};

pid_t
kin_half(const struct proc_stat *stats, size_t n, const struct proc_stat *one)
{
    if (halves_find(one->session) != NULL)
        return one->session;
    if (halves_find(one->pid) != NULL)
        return one->pid;
    for (size_t i = 0; i < n && &stats[i] < one; i++)
        if (stats[i].pid == one->parent)
            return kin_half(stats, n, &stats[i]);
    return 0;
}

static void
end(pid_t half, int is_all)
{
    static struct proc_stat stats[PROC_LIMIT];

    for (int round = 0, found = 1; found && round < ROUNDS; round++) {
        size_t n = proc_descendants(stats, PROC_LIMIT);
        found = 0;
        for (size_t i = 0; i < n; i++) {
            pid_t owner = kin_half(stats, n, &stats[i]);
            if (stats[i].is_ending || (!is_all && owner != half && owner != 0))
                continue;
            found = 1;
            kill(stats[i].pid, SIGKILL);
            /* Its whole group at once: nobody can fork meanwhile. */
            if (owner != 0)
                kill(-owner, SIGKILL);
        }
    }
}

void
kin_end(pid_t half)
{
    end(half, 0);
}

void
kin_end_all(void)
{
    end(0, 1);
}
