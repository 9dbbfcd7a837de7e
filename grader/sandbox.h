/*
 * sandbox.h - the walls around one item, or around the compiler
 *
 * What they are made of depends on the machine: see walls.h. Whatever was
 * started inside ends with them.
 */
#ifndef SANDBOX_H
#define SANDBOX_H

#include <stddef.h>
#include <sys/types.h>

#include "places.h"

enum {
    SANDBOX_FILES = 16
};

/* A file that is put into the sandbox, below /kit. */
struct sandbox_file {
    char path[64]; /* "student/server" */
    int image;     /* image.h */
    unsigned int mode;
};

struct sandbox {
    const struct walls *walls;
    pid_t pid;          /* of bwrap, or of the warden */
    int socket;         /* to the warden */
    int lease;          /* WALLS_USERS: to the guard */
    int number;         /* of the place, where items share the machine; or -1 */
    struct place place; /* without walls: what holds the others back */
};

/* Starts a warden in a fresh sandbox with the files. word is a random word that
 * every name in the item contains. Returns 0, or -1 (grader trouble). */
int sandbox_enter(struct sandbox *sandbox, const struct sandbox_file *files,
    size_t nfiles, int warden, const char *word, const char *wine);

/* Ends everything in the sandbox and waits until it is gone. */
void sandbox_leave(struct sandbox *sandbox);

/* Runs a shell script in a sandbox of its own: the current folder holds the
 * files, ../work is writable. Standard input is empty, standard output goes to
 * output, standard error to messages; processor time, memory and the size of
 * files are limited. Returns the status as from waitpid(2), or -1. */
int sandbox_run(const char *script, const struct sandbox_file *files,
    size_t nfiles, int output, int messages);

/* For who carries that out, in the process that is to become the shell: its
 * streams and limits, that of memory last. Return 0, or -1 with errno set. */
int sandbox_streams(int output, int messages);
int sandbox_limit_memory(void);

#endif
