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
#include "turn.h"

enum {
    SANDBOX_FILES = 16,
    /* What a script may have: seconds of processor time, bytes for a file, and
     * bytes of memory. */
    SANDBOX_SECONDS = 10,
    SANDBOX_BYTES = 16 << 20,
    SANDBOX_MEMORY = 512 << 20,
    /* Exit statuses of a script that we have ended (patience.h), and of one
     * that could not be started. */
    SANDBOX_BURNT = 122,
    SANDBOX_GREEDY = 123,
    SANDBOX_STUCK = 124,
    SANDBOX_NOT_STARTED = 125
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
    struct place place; /* where items share the machine, and one user */
    struct place turn;  /* what holds others back */
};

/* What do the next items use that a machine has only once? */
void sandbox_expect_turn(enum turn turn);

/* Starts a warden in a fresh sandbox with the files. word is a random word that
 * every name in the item contains. Returns 0, or -1 (grader trouble). */
int sandbox_enter(struct sandbox *sandbox, const struct sandbox_file *files,
    size_t nfiles, int warden, const char *word, const char *wine);

/* Has somebody outside ended it by a signal? Nobody inside can do that. That is
 * known of bwrap alone: else 0. */
int sandbox_was_killed(const struct sandbox *sandbox);

/* Ends everything in the sandbox and waits until it is gone. */
void sandbox_leave(struct sandbox *sandbox);

/* Runs a shell script in a sandbox of its own: the current folder holds the
 * files, ../work is writable; where namespaces can be had there is no /proc,
 * nor a device that one could wait for. Standard input is empty, standard
 * output goes to output, standard error to messages; processor time, memory and
 * the size of files are limited, and a script that waits for ever is ended.
 * Returns the status as from waitpid(2), or -1. */
int sandbox_run(const char *script, const struct sandbox_file *files,
    size_t nfiles, int output, int messages);

/* For who carries that out, in the process that is to become the shell: its
 * streams and limits, that of memory last. Return 0, or -1 with errno set. */
int sandbox_streams(int output, int messages);
int sandbox_limit_memory(void);

/* And in its parent: waits for it, but not for ever. Returns the status. */
int sandbox_wait(pid_t pid);

/* Writes how it ended to said, for a sandbox that has said nothing itself. */
void sandbox_tell_end(char *said, size_t size, int status);

#endif
