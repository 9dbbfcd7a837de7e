/*
 * wire.h - what an item (pair.c) and the warden (warden.c) say to each other
 *
 * A conversation over a stream socket: the item sends one request, a struct
 * and size bytes behind it; the warden answers it with one reply, a struct and
 * size bytes behind it. Between requests the warden only feeds and drains the
 * halves. Both sides are the same program version on the same machine, so
 * the structs are sent as they are.
 */
#ifndef WIRE_H
#define WIRE_H

#include <stdint.h>
#include <sys/types.h>

enum {
    HALVES = 12,        /* programs that one item can start */
    KEPT_BYTES = 65536, /* of each output, unless the item says otherwise */
    PAYLOAD_LIMIT = 1 << 21, /* bytes behind a request or reply */
    CAUSE_SIZE = 1200,
    CRASH_SIZE = 160,
    ID_SIZE = 8
};

enum request_kind {
    REQUEST_START,     /* payload: argv strings, each with its '\0' */
    REQUEST_FEED,      /* payload: bytes for the half's standard input */
    REQUEST_PATTERN,   /* feed count bytes of the sequence made from seed */
    REQUEST_CLOSE,     /* end the half's standard input, when all was fed */
    REQUEST_SIGNAL,    /* send signal number count */
    REQUEST_DRAIN,     /* read standard output again after START_HOLD */
    REQUEST_HANG_UP,   /* nobody reads standard output any more */
    REQUEST_WAIT,      /* until condition, or until it can no longer hold */
    REQUEST_OUTPUT,    /* reply: what was kept of stream count (1 or 2) */
    REQUEST_FILES,     /* reply: struct census_file, one after another */
    REQUEST_PROCESSES, /* reply: struct census_process, one after another */
    REQUEST_MAKE,      /* payload: name, '\0', bytes; count: a file's mode */
    REQUEST_PATCH,     /* payload: name, '\0', bytes to store at offset count */
    REQUEST_REMOVE,    /* payload: name of a file */
    REQUEST_READ,      /* payload: name; reply: the file's first bytes */
    REQUEST_POST,      /* payload: name of a semaphore to sem_post() */
    REQUEST_FIND,     /* payload: text; error 0, who: it keeps it in its heap */
    REQUEST_WRITE,    /* payload: name, '\0', bytes to write into a FIFO */
    REQUEST_RESIZE,   /* payload: name of a FIFO; count: bytes it is to hold */
    REQUEST_DATAGRAM, /* payload: address, '\0', bytes to send (errand.c) */
    REQUEST_OBJECTS,  /* reply: struct census_sysv, one after another */
    REQUEST_SYSV,     /* see errand_sysv.h */
    REQUEST_RULE,     /* what happens to a call from now on: rule */
    REQUEST_CALLS,    /* reply: struct call_entry, one after another */
    REQUEST_AGAIN,    /* end all halves and forget them; count: enum again;
                       * payload: the word that names contain from now on, "":
                       * as before */
    REQUEST_RELAY,    /* reply: struct relay_call, one after another */
    REQUEST_TRACE     /* count 1: trace every half from now on; 0: reply: who
                       * is WIRE_TRACE, struct trace_part, text, and so on */
};

/* What is done at a chosen system call of a half (control.h). */
enum rule_verb {
    RULE_NONE,
    RULE_HOLD,      /* it waits there until nobody else can go on */
    RULE_FAIL,      /* it fails with error */
    RULE_INTERRUPT, /* every call that can wait fails with EINTR, once */
    RULE_KILL,      /* the process ends there, by SIGKILL */
    RULE_STOP       /* it waits there until the half gets another rule */
};

enum {
    CALL_SIZE = 96,
    CALLS = 400 /* of a half that are kept */
};

struct rule {
    uint32_t verb;
    int32_t error;        /* RULE_FAIL: errno */
    uint32_t nth;         /* from 1: the nth call that begins with the words */
    char call[CALL_SIZE]; /* as in the log; "" for any */
};

/* Facts about a call. */
enum {
    CALL_BLOCKS = 1,  /* it may have to wait, so a signal could interrupt it */
    CALL_STREAM = 2,  /* it is about standard input, output or error */
    CALL_NAMES = 4,   /* it makes or removes something that has a name */
    CALL_CHILD = 8,   /* a program makes it that the half has started */
    CALL_COPIES = 16, /* it maps a file of the work folder MAP_PRIVATE */
    CALL_ALONE = 32   /* what others do has no part in it, nor it in that */
};

/* One call in the log of a half: what it was about to do. */
struct call_entry {
    pid_t pid;
    uint32_t flags;
    int32_t error; /* for want of what it could fail: EMFILE ..., 0: nothing */
    uint32_t nth;  /* from 1, among the same calls of the half */
    char what[CALL_SIZE]; /* "open(\"n3f9a\", O_RDONLY)" */
};

/* What is done with a System V object; numbers: count, seed. */
enum sysv_verb {
    SYSV_MAKE,    /* count: bytes, or semaphores */
    SYSV_SEND,    /* count: type; bytes: the text */
    SYSV_RECEIVE, /* count: type; reply: the text */
    SYSV_LIMIT,   /* count: bytes that the queue takes from now on */
    SYSV_STORE,   /* count: offset; bytes */
    SYSV_FETCH,   /* count: offset, seed: size; reply: the bytes */
    SYSV_ADD,     /* count: which semaphore; seed: what to add */
    SYSV_REMOVE
};

/* How a half is started: flags of REQUEST_START, in count. */
enum {
    START_CHECKED = 1,   /* sanitizer build: no limit on its address space */
    START_HOLD = 2,      /* standard output is a full pipe until DRAIN */
    START_FULL = 4,      /* standard output is /dev/full */
    START_CLOSED = 8,    /* standard output is a pipe that nobody reads */
    START_UMASK = 16,    /* umask 0777 instead of 022 */
    START_TERMINAL = 32, /* standard input is a terminal */
    START_PATTERN = 64,  /* output is compared with the sequence of seed */
    START_LOGGED = 128,  /* its calls stop at the warden (control.h) */
    START_SHORT = 256,   /* its reads and writes move a few bytes at a time */
    START_FOLDER = 512,  /* standard input is a folder: read() fails */
    START_ROOM = 1024,   /* START_HOLD, but there is room for "ready\n" */
    START_WINE = 2048    /* a Windows program: Wine runs it */
};

/* What REQUEST_AGAIN does besides. */
enum again {
    AGAIN_AS_IT_IS, /* the next ones find what these have left */
    AGAIN_CLEAN,    /* what they have left is removed */
    AGAIN_ITEM      /* that too; another item begins */
};

/* An answer that may come behind another one says which it is. */
#define WIRE_TRACE "trace"

enum condition {
    UNTIL_LINES,   /* standard output has count complete lines */
    UNTIL_ENDED,   /* the half has ended and its output was drained */
    UNTIL_SETTLED, /* everybody waits and nothing will happen by itself */
    UNTIL_BYTES,   /* count bytes of standard output came */
    UNTIL_RESTING  /* like SETTLED, but a clock may wake somebody later */
};

/* The count of UNTIL_SETTLED and UNTIL_RESTING. */
enum {
    WAIT_RELEASED, /* whoever is held goes on when nobody else can */
    WAIT_HELD_TOO  /* he stays where he is, and waits as all others do */
};

enum outcome {
    OUTCOME_HOLDS, /* the condition is true */
    OUTCOME_ENDED, /* the half has ended, so it can no longer become true */
    OUTCOME_STUCK, /* proved: nothing will happen any more */
    OUTCOME_SPINS, /* somebody burns processor time and nothing comes of it */
    OUTCOME_POLLS, /* somebody wakes up again and again, with the same result */
    OUTCOME_FLOOD, /* the half printed more than it may and was ended */
    OUTCOME_LIMIT, /* the last resort: somebody sleeps and sleeps */
    OUTCOME_ODD,   /* somebody neither runs nor waits in any way that we know */
    OUTCOME_STARVED /* the machine does not let them run: nobody's fault */
};

/* Bounds of all processes of an item together. */
enum {
    BOUNDS_MEGABYTES = 512,
    BOUNDS_SECONDS = 9, /* of processor time */
    /* And threads, that are made. The references make 158 at most, those that
     * Wine runs 411. */
    BOUNDS_PROCESSES = 2000,
    BOUNDS_PROCESSES_IN_WINE = 5000,
    /* And such that there are at once, a little below what the kernel lets them
     * have: the references have 24 at most, 150 with Wine. */
    BOUNDS_AT_ONCE = 36,
    BOUNDS_AT_ONCE_IN_WINE = 300,
    BOUNDS_OBJECTS = 256 /* queues, segments, sets: the references have 5 */
};

/* Who has come to one: all processes were ended. */
enum excess {
    EXCESS_NONE,
    EXCESS_MEMORY,
    EXCESS_TIME,
    EXCESS_PROCESSES,
    EXCESS_AT_ONCE,
    EXCESS_OBJECTS
};

struct request {
    uint32_t kind;
    int32_t half;
    uint32_t condition;
    uint32_t size; /* of the payload */
    uint64_t count;
    uint64_t seed;
    uint64_t keep;    /* START: bytes of output to keep, 0 for KEPT_BYTES */
    char program[64]; /* START: path below the kit folder */
    struct rule rule; /* RULE, and START with START_LOGGED */
};

/* What is known of a half. */
struct half_state {
    pid_t pid; /* 0: not started */
    int32_t has_ended;
    int32_t status; /* as from waitpid(), once it has ended */
    int32_t is_flood;
    uint32_t lines;    /* complete lines of standard output */
    uint64_t bytes[2]; /* of standard output and standard error */
    int32_t pattern_is_wrong;
    uint64_t pattern_at; /* bytes that matched the sequence so far */
    uint64_t fed;        /* bytes of input that were taken by the pipe */
    int64_t timeout;     /* of the call it rests in, in ms; -1: none known */
    uint64_t switches; /* context switches so far of the thread in that call */
    int32_t maps_private;   /* seen while settled: a file mapped MAP_PRIVATE */
    int32_t maps_beyond;    /* seen: a mapping longer than its file */
    int32_t was_ruled;      /* the rule for its calls has been carried out */
    char crash[CRASH_SIZE]; /* what Wine said about its end, "": nothing */
    char child_crash[CRASH_SIZE]; /* of a half that it has started */
    char refusal[CRASH_SIZE];     /* why Wine could not start it, or "" */
};

struct reply {
    uint32_t outcome;
    int32_t error;      /* errno of the request, 0 for success */
    int32_t is_refused; /* by the kernel: calls cannot be stopped here */
    uint32_t size;      /* of the payload */
    int32_t culprit;    /* half that spins or polls, -1 if unknown */
    uint32_t excess;    /* enum excess */
    uint32_t slept;     /* WAIT: ms in which everybody waited for a clock */
    uint64_t burnt;     /* by the item's programs so far, in ns */
    uint32_t strays;    /* processes that their parent did not wait for */
    int32_t is_touched; /* a System V object of nobody's (census_sysv_plant) */
    int32_t is_wine_gone; /* its server has ended */
    struct half_state half[HALVES];
    char id[ID_SIZE];       /* of the cause, "" if it has none */
    char who[16];           /* FIND: the program whose heap it is */
    char cause[CAUSE_SIZE]; /* why nothing happens any more, in words */
};

#endif
