/*
 * namespaces.h - the level WALLS_NAMESPACES (walls.h), as in sandbox.h
 *
 * bubblewrap(1) makes them: of its own for users, processes, IPC, network and
 * mounts; /usr for reading only; small file systems in memory for the rest.
 * Whatever was started inside ends with them.
 */
#ifndef NAMESPACES_H
#define NAMESPACES_H

#include "sandbox.h"

int namespaces_enter(struct sandbox *sandbox, const struct sandbox_file *files,
    size_t n, int socket, const char *word, const char *wine);
void namespaces_leave(struct sandbox *sandbox);
int namespaces_run(const char *script, const struct sandbox_file *files,
    size_t n, int output, int messages);

#endif
