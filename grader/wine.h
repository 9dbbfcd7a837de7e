/*
 * wine.h - Wine inside the sandbox: its server, and what it is told
 *
 * One server serves all halves of a sandbox, and one item: the registry, and
 * more that halves may leave in it, is in its memory. It is hidden
 * (proc_hide()): nobody's process, and not to be proved stuck. What it reads,
 * the template (grader/wine/template.sh), cannot be written to.
 */
#ifndef WINE_H
#define WINE_H

#include <stdint.h>
#include <sys/types.h>

#define WINE_TEMPLATE "/wine" /* where it is in a sandbox */
#define WINE_PREFIX "/prefix" /* an empty folder that Wine may write to */

enum {
    WINE_LOG = 9,        /* a half's descriptor for what Wine tells of it */
    WINE_PROCESSES = 400 /* and threads, of Wine and all halves together */
};

/* Starts the server and waits until it rests. kit: the folder of all programs.
 * Returns 0, or -1: then no half can be started. */
int wine_begin(const char *kit);

/* Is it there, and has nobody ended it? A signal may be on its way to it. */
int wine_is_on(void);

/* When all halves have ended: waits until the server has noticed it. Returns 0,
 * or -1: somebody has ended it. */
int wine_settle(void);

/* Does the file of /tmp belong to Wine? */
int wine_owns(const char *file);

/* In a new half: becomes the program. argv[0] is its path. Returns only if that
 * is impossible. kit: the folder of all programs. */
void wine_become(const char *kit, char *argv[]);

/* Does the server rest, too, so that nothing of what it was told is still to be
 * done? switches: its context switches so far. If there is none (any more):
 * yes. */
int wine_rests(uint64_t *switches);

#endif
