/*
 * program.h - a program that the warden started: its process and its streams
 */
#ifndef PROGRAM_H
#define PROGRAM_H

#include <poll.h>
#include <stddef.h>
#include <stdint.h>

#include "control.h"
#include "relay.h"
#include "wire.h"

enum {
    PROGRAM_FDS = 4
};

/* A queue of bytes that the half's input pipe had no room for yet. */
struct feed {
    char *bytes;
    size_t size;
    size_t at;
    uint64_t pattern_seed;
    uint64_t pattern_at;
    uint64_t pattern_end;
    int is_closing; /* close the pipe when all was fed */
};

/* What was kept of an output. */
struct kept {
    char *bytes;
    size_t size;
    size_t limit;
};

struct program {
    char name[24];       /* "server", for the words of a cause */
    int input;           /* we write; -1: closed */
    char path[80];       /* below the kit folder, or whole */
    char child_path[80]; /* a half that it starts, or "" */
    int complaints;      /* how often standard error was read */
    int output[2];       /* we read standard output and error; -1: ended */
    int log; /* we read what Wine tells of it; -1: ended, or no Wine */
    struct relay *relay; /* what it told; NULL: it is run without Wine */
    int is_held;         /* standard output is a full pipe: do not read */
    size_t skip;         /* filler to throw away once it is read */
    int is_terminal;
    int is_checked; /* a sanitizer build */
    uint64_t input_inode;
    int is_pattern;
    uint64_t pattern_seed;
    struct feed feed;
    struct kept kept[2];
    struct control *control; /* NULL: its calls are its own */
    struct half_state state;
};

/* Bits that program_pump() returns. */
enum {
    PUMP_MOVED = 1,
    PUMP_COMPLAINED = 2
};

/* A place where no program is. */
extern const struct program program_none;

/* The last word of a program's path, without ".exe". */
void program_name(const char *path, char name[24]);

/* Is that the path of a helper of the grader's? */
int program_is_tool(const char *path);

/* Starts a program from the kit folder as request says; argv holds size bytes
 * of strings, each with its '\0'. Returns 0, -1 with errno set (ESRCH: Wine's
 * server has ended), or -2 with errno set if the kernel refuses to stop its
 * calls (START_LOGGED). */
int program_start(struct program *program, const struct request *request,
    const char *kit, const char *argv, size_t size);

/* Queues bytes, or count bytes of a sequence, for standard input. */
int program_feed(struct program *program, const char *bytes, size_t size);
void program_feed_pattern(
    struct program *program, uint64_t seed, uint64_t count);
void program_close(struct program *program);

/* Reads standard output again after START_HOLD. */
void program_drain(struct program *program);

/* Takes what was printed so far, and reads standard output no more. */
void program_hang_up(struct program *program);

/* Enters what the half waits for into a poll set of PROGRAM_FDS; -1 where
 * nothing. */
void program_poll(const struct program *program, struct pollfd *fds);

/* Feeds and drains whatever is possible without waiting. Returns PUMP_MOVED if a
 * byte moved or a stream ended, PUMP_COMPLAINED if it was only standard error,
 * and that for the hundredth time (nothing comes of it any more), else 0. */
int program_pump(struct program *program);

/* Do the halves print so little at a time that it is worth to let it collect? */
int program_collects(void);

/* Takes what Wine has told, without waiting. Returns 1 if it was anything. */
int program_listen(struct program *program);

/* The half has ended: takes what is left in its streams. */
void program_ended(struct program *program, int status);

/* Forgets a half whose processes are gone. */
void program_forget(struct program *program);

#endif
