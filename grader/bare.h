/*
 * bare.h - items and scripts in a folder on the machine, without namespaces
 */
#ifndef BARE_H
#define BARE_H

#include <stddef.h>
#include <sys/types.h>

#include "sandbox.h"

/* All item folders begin so; in each are the folders kit and work. */
#define BARE_FOLDER "/tmp/grade-"

/* Makes the folders that a file stands in. Returns 0, or -1 with errno. */
int bare_make_parents(char *path, mode_t mode);

/* Becomes a shell script in folder/kit, with limits; has_landlock: with access
 * to the item's folder and the system's programs only. */
_Noreturn void bare_script(
    const char *script, const char *folder, int has_landlock);

/* The levels WALLS_LANDLOCK and WALLS_NONE (walls.h), as in sandbox.h. */
int bare_enter(struct sandbox *sandbox, const struct sandbox_file *files,
    size_t n, int socket, const char *word, const char *wine);
void bare_leave(struct sandbox *sandbox);
int bare_run(const char *script, const struct sandbox_file *files, size_t n,
    int output, int messages);

#endif
