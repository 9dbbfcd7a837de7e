/*
 * sandbox.h - the walls around one item, or around the compiler
 *
 * bubblewrap(1) builds them: namespaces of its own for users, processes, IPC,
 * network, mounts and host name; /usr for reading only; small file systems in
 * memory for the rest. Whatever was started inside ends with them.
 */
#ifndef SANDBOX_H
#define SANDBOX_H

#include <stddef.h>
#include <sys/types.h>

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
    pid_t pid;  /* of bwrap, or of the warden */
    int socket; /* to the warden; -1 for the compiler */
    int turn;   /* without walls: what holds the others back (take_turn) */
    int is_walled;
};

/* Is the sandbox used at all? Set once, from the options. */
void sandbox_choose(int is_walled);
int sandbox_is_walled(void);

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

/* Can sandboxes be made here? Writes why not, and the remedy, to why. */
int sandbox_check(char *why, size_t size);

#endif
