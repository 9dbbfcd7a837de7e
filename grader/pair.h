/*
 * pair.h - an item's view of the two halves: start, send, hold, end
 *
 * An item is a Check test that runs in a process of its own, with a sandbox of
 * its own. What it starts is fed, drained and watched by the warden inside;
 * nothing here waits or polls. Waiting is what the predicates of expect.h do.
 * If the warden does not answer, the item ends as grader trouble: no mark.
 */
#ifndef PAIR_H
#define PAIR_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "census.h"
#include "lack.h"
#include "nonce.h"
#include "relay.h"
#include "sandbox.h"
#include "target.h"
#include "verdict.h"
#include "wire.h"

/* Whose program it is. */
enum side {
    STUDENT,
    REFERENCE,
    CHECKED, /* the student's, built with AddressSanitizer and UBSan */
    TOOL     /* a helper of the grader's (struct lab) */
};

/* A half, as known after the last request. */
struct half_view {
    int number; /* at the warden */
    enum side side;
    char name[64];   /* of the program */
    char writer[64]; /* of the student's program that prints: this one, or one
                      * that it runs; "" if there is none */
    uint64_t seed;   /* of the sequence it is expected to print */
    size_t taken;    /* bytes of its output that were already expected */
    size_t taken_lines;
    int ended_well; /* as it was expected to */
};

/* How to start it, if not simply; all zero is simply. */
struct start {
    unsigned int flags; /* START_* of wire.h */
    uint64_t keep;      /* bytes of output to keep, 0 for 64 kB */
    uint64_t seed;      /* with START_PATTERN */
};

/* The folder of its programs, in a sandbox. */
const char *side_folder(enum side side);

/* Called once per item by rubric.c, in the runner, before the item starts.
 * sandbox stays the caller's; NULL: there is none. */
void pair_reset(const struct sandbox *sandbox, const struct target *target,
    uint64_t seed, struct verdict *verdict);

/* After pair_reset(): these programs of the student's are not there. Who starts
 * one of them, or would have it started, cannot be graded. */
void pair_lack(const struct lacks *lacks);

/* In the runner, between two items in one sandbox: ends and removes all that
 * the first has left. Returns 0, or -1 if that is impossible. */
int pair_recycle(const struct sandbox *sandbox, const char *word);

/* Starts a program of that side with arguments up to NULL. */
struct half_view *pair_start(enum side side, const char *program, ...)
    __attribute__((sentinel));
struct half_view *pair_start_as(const struct start *start, enum side side,
    const char *program, ...) __attribute__((sentinel));

/* The platform of the item's lab. */
const struct target *pair_target(void);

/* The path of a program inside the sandbox, as an argument for a server that
 * starts it. Valid until the next call. */
const char *program_path(enum side side, const char *program);

/* Feeds standard input: a string, bytes, bytes of a sequence, its end. */
void half_send(struct half_view *half, const char *text);
void half_send_bytes(struct half_view *half, const char *bytes, size_t size);
void half_send_pattern(struct half_view *half, uint64_t seed, uint64_t count);
void half_close(struct half_view *half);

/* Sends a signal; ends it with SIGKILL and waits until it is gone. */
void half_signal(struct half_view *half, int number);
void half_kill(struct half_view *half);

/* Every half that is started from now on has these START_* flags, too; and
 * what happens at a call (START_LOGGED) of the half with that number (from 0,
 * in the order they are started; -1: every half of the student's). */
void pair_direct(unsigned int flags, int half, const struct rule *rule);

/* The same for a half that was started with START_LOGGED, from now on; where
 * another rule has stopped it (RULE_STOP), it goes on. */
void half_rule(struct half_view *half, const struct rule *rule);

/* Has the rule been carried out? As of the last answer. */
int half_was_ruled(const struct half_view *half);

/* The calls that it has made so far (control.h): how many. Valid until the next
 * request. */
size_t half_calls(
    const struct half_view *half, const struct call_entry **entries);

/* The same of a Windows program: its Win32 calls (relay.h). */
size_t half_relay(
    const struct half_view *half, const struct relay_call **calls);

/* Ends and forgets all halves, so that the item can begin again. is_clean:
 * what they have left is removed; else the next ones find it. */
void pair_again(int is_clean);

/* After START_HOLD: its output flows from now on. */
void half_release(struct half_view *half);

/* Nobody reads its standard output any more: write() fails (EPIPE). */
void half_hang_up(struct half_view *half);

/* Makes a file (S_IFREG, S_IFDIR, S_IFIFO, S_IFSOCK: nobody listens, or
 * S_IFLNK: to bytes; | permissions) in the work folder,
 * patches it, reads at most size bytes of it. Reading returns the number of
 * bytes, -1 if there is no such file. */
void pair_make(const char *file, mode_t mode, const char *bytes, size_t size);
void pair_patch(
    const char *file, uint64_t offset, const char *bytes, size_t size);
void pair_remove(const char *file);
ssize_t pair_read(const char *file, char *bytes, size_t size);

/* Writes bytes into a FIFO of the work folder in one write(), or sends them as
 * one datagram to a socket of it (port 0) or to everybody at a UDP port of the
 * loopback network. Nothing waits. Returns 0, or -1 if it cannot be done. */
int pair_write(const char *fifo, const void *bytes, size_t size);
int pair_datagram(
    const char *slot, uint16_t port, const void *bytes, size_t size);

/* How much the FIFO is to hold. The less the surer: see pipe(7). */
int pair_resize(const char *fifo, size_t size);

/* sem_post() on a semaphore. Returns 0, or -1 if it cannot be opened. */
int pair_post(const char *semaphore);

/* The program in whose heap, so in a stdio buffer, the text is that the half
 * should have printed next: its own, or a child's; or NULL. */
const char *pair_buffer_of(const struct half_view *half, const char *text);

/* Waits at the warden (wire.h); returns its answer, valid until the next. */
const struct reply *pair_wait(
    struct half_view *half, enum condition condition, uint64_t count);

/* What is known of the half since the last answer. */
const struct half_state *half_state(const struct half_view *half);

/* All that was kept of an output (1 or 2) and its size. Valid until the next
 * call; terminated with '\0'. */
const char *half_output(struct half_view *half, int stream, size_t *size);

/* A fresh census. Returns how many; valid until the next call. */
size_t pair_files(const struct census_file **files);
size_t pair_processes(const struct census_process **processes);

/* Processes that their parent did not wait for, so far. */
unsigned int pair_strays(void);

/* Sends any other request (pair_sysv.c); the answer's payload, as long as
 * reply->size, is valid until the next. */
const struct reply *pair_ask(
    struct request *request, const void *payload, size_t size);
const char *pair_answer(void);

/* The same for a request about a file: its payload is the name and bytes. */
const struct reply *pair_ask_file(
    struct request *request, const char *file, const void *bytes, size_t size);

/* Every half of the item, for what is told about a lost one. */
struct half_view *pair_half(int number);

/* Ends the item: the grader or the machine failed, nobody loses a point. What
 * failed is told as by printf(). */
_Noreturn void pair_trouble(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* Ends the item: this machine cannot do what it needs. */
_Noreturn void pair_skip(const char *why);

extern struct verdict *pair_verdict;

#endif
