/*
 * users.h - the level WALLS_USERS (walls.h), as in sandbox.h
 *
 * The grader's side: it asks the keeper (keeper.h).
 */
#ifndef USERS_H
#define USERS_H

#include "sandbox.h"

int users_enter(struct sandbox *sandbox, const struct sandbox_file *files,
    size_t n, int socket, const char *word, const char *wine);
void users_leave(struct sandbox *sandbox);
int users_run(const char *script, const struct sandbox_file *files, size_t n,
    int output, int messages);

/* What the keeper said last, if it could not do what it was asked for. */
const char *users_problem(void);

#endif
