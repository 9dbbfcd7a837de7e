/*
 * walls.h - what stands between a submission and the rest of the machine
 *
 * Not every machine allows the best walls; the first that work are taken, and
 * every report says which.
 */
#ifndef WALLS_H
#define WALLS_H

#include <stddef.h>

#include "sandbox.h"

enum walls_level {
    WALLS_NONE, /* --no-sandbox */
    WALLS_NAMESPACES,
    WALLS_USERS,
    WALLS_LANDLOCK,
    WALLS_LEVELS
};

struct walls {
    enum walls_level level;
    const char *name;  /* of the option --walls, and to the warden */
    const char *told;  /* in a report; NULL: nothing to tell */
    int has_turns;     /* items that share something (turn.h) have turns ... */
    int is_only_turns; /* ... and all others, too, the same ones */
    int (*enter)(struct sandbox *sandbox, const struct sandbox_file *files,
        size_t n, int socket, const char *word, const char *wine);
    void (*leave)(struct sandbox *sandbox);
    int (*run)(const char *script, const struct sandbox_file *files, size_t n,
        int output, int messages);
};

/* By the name of the option, or NULL. */
const struct walls *walls_find(const char *name);

/* Uses a level, without a question: for tests. */
void walls_use(enum walls_level level);

/* Insists on a level: that one or none. */
void walls_insist(const struct walls *walls);

/* Those that are used now. */
const struct walls *walls_in_use(void);

/* Takes the first walls that work here; WALLS_NONE only if it was insisted on.
 * Everybody has given up root's rights. Returns 0, or -1 after it has written
 * to why what is missing, and the remedy. */
int walls_choose(char *why, size_t size);

/* Is a keeper (keeper.h) of use? */
int walls_need_keeper(void);

/* What would give this machine the best walls, in a sentence. */
const char *walls_remedy(void);

#endif
