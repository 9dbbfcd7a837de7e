/*
 * relay.h - what Wine tells of a half: the Win32 functions that it calls
 *
 * Wine's debug channel "relay" writes a line for each call, and one for each
 * return (template.sh says of which functions). Who waits is in a call that has
 * not returned. The result of GetLastError() is seen if the half asks for it.
 * Programs that a half starts tell theirs, too: of them only the calls that
 * have not returned are kept.
 */
#ifndef RELAY_H
#define RELAY_H

#include <stddef.h>
#include <stdint.h>

enum {
    RELAY_TEXT = 144,
    RELAY_CALLS = 600, /* that are kept: the first ones, and the last ones */
    RELAY_FIRST = 200,
    RELAY_THREADS = 32,
    RELAY_TOLD = 100, /* calls that are told to who shows the last ones */
    RELAY_LOG = RELAY_CALLS + RELAY_THREADS /* with those still open */
};

/* One call. */
struct relay_call {
    uint32_t thread; /* Wine's number */
    uint32_t process;
    int32_t
        is_child; /* not the half calls, but a program that it has started */
    int32_t has_returned;
    uint64_t ms; /* since Wine has started; when it began */
    uint64_t result;
    uint64_t from;         /* address behind the call, in the half's program */
    char what[RELAY_TEXT]; /* "ConnectNamedPipe(0x30, 0)" */
};

/* The last calls of a half, and what became of it; behind it so many of struct
 * relay_told. */
struct relay_part {
    char name[24];  /* of the program */
    char child[24]; /* of the half that it has started, or "" */
    int32_t has_ended;
    int32_t status;   /* as from waitpid() */
    uint32_t calls;   /* that are told */
    uint64_t missing; /* calls before these */
};

struct relay_told {
    struct relay_call call;
    char object[48]; /* the name of its first argument, or "" */
};

struct relay;

/* Returns NULL if there is no memory. */
struct relay *relay_new(void);
void relay_free(struct relay *relay);

/* Takes what came: whole lines, or pieces of them. */
void relay_take(struct relay *relay, const char *bytes, size_t size);

/* The calls in which its threads are: at most limit. Returns how many. */
size_t relay_open_calls(
    const struct relay *relay, const struct relay_call **calls, size_t limit);

/* Copies the calls that are kept, and those that have not returned: RELAY_LOG
 * at most. Returns how many. */
size_t relay_log(const struct relay *relay, struct relay_call *calls);

/* Fills in the numbers of the part, and the last RELAY_TOLD calls with those
 * that have not returned. */
void relay_tell(const struct relay *relay, struct relay_part *part,
    struct relay_told told[RELAY_TOLD + RELAY_THREADS]);

/* How long the call waits at most, in milliseconds; -1: for ever. */
int64_t relay_timeout(const struct relay_call *call);

/* The name of the object whose handle is the call's first argument: what it was
 * made or opened with; or NULL. Calls do not tell the handles that they store
 * somewhere: those of CreatePipe() and CreateProcess(). */
const char *relay_object(
    const struct relay *relay, const struct relay_call *call);

/* The nth argument of a call (from 0), if it is a number; else 0. */
uint64_t relay_argument(const struct relay_call *call, int nth);

/* What Wine said when it ended the half, or a program that it has started, for
 * a wrong use of memory; or "". */
const char *relay_crash(const struct relay *relay, int is_child);

/* Where the crash was, or 0. */
uint64_t relay_crash_address(const struct relay *relay, int is_child);

/* Why Wine could not start a half that has ended with an error, as far as Wine
 * says. "" if it was started: the C runtime has made its first call. */
const char *relay_refusal(const struct relay *relay);

#endif
