/*
 * fifos.h - what both pairs of lab 03 do with FIFOs, and what can go wrong
 *
 * Everything is about the student's half, unless a side is given. file: a name
 * in the work folder.
 */
#ifndef FIFOS_H
#define FIFOS_H

#include <stddef.h>
#include <sys/types.h>

#include "expect.h"

extern const struct start fifo_with_plenty; /* keeps 2 MB of output */

/* "NAME.PID", of a process, and of a client. Valid until the next call. */
const char *fifo_of(long pid);
const char *fifo_of_client(const struct half_view *client);

/* "a FIFO", "a folder", "nothing" ...: what stands at the name. */
const char *fifo_kind(const char *file);
int fifo_is_there(const char *file);

/* Has the half the FIFO of that name open? access: O_RDONLY or O_WRONLY. */
int fifo_is_open(const struct half_view *half, const char *file, int access);

/* Starts a half with NAME, and explains what is lost from then on. A server
 * has said ready and sits still; a client sits still. */
struct half_view *fifo_start(
    const struct start *how, enum side side, const char *program);
struct half_view *fifo_start_server(enum side side, const char *program);
struct half_view *fifo_start_client(enum side side, const char *program);

/* Starts a server where a FIFO stands already: it must be replaced. */
struct half_view *fifo_start_over_leftover(const char *program);

/* Stops it (SIGSTOP) when it has come to rest: it sits still until SIGCONT. */
void fifo_stop(struct half_view *half);

/* Puts a regular file, a folder or a leftover FIFO at a name. */
void fifo_make_bystander(const char *file, int is_folder);
void fifo_make_leftover(const char *file);

/* Puts something at every name "NAME.PID" that the client started next may
 * want, its process ID being a little above after. Is it among them? Without a
 * sandbox the process IDs are not ours alone. */
void fifo_make_leftovers(pid_t after, int is_left);
int fifo_is_among(const struct half_view *client, pid_t after);

/* Fills NAME, which a stopped call_server reads: it takes a few bytes more,
 * but not a request, so that whoever writes a request in pieces leaves its
 * beginning there. Returns how many requests it holds, all of process 0:
 * nonsense. */
size_t fifo_fill(void);

/* Lines on standard error, so far. */
size_t fifo_complaints(struct half_view *server);

/* A half of the second pair that waits in open(): says what for. */
void fifo_tell_opening(struct half_view *half);

/* There is a FIFO at NAME; the half has it open; it has been removed by the
 * half that made it. */
void fifo_expect(struct half_view *half, const char *expected);
void fifo_expect_open(struct half_view *half, const char *file, int access);
void fifo_expect_gone(struct half_view *half, const char *file);

/* The half waits, and does not take the end of a FIFO that it reads for news:
 * with no writer left, read() does not wait there any more. */
void fifo_expect_rest(struct half_view *half, const char *file);

/* It has not ended. expected: what it should do; id: of what is proved if it
 * has ended by itself. */
void fifo_expect_alive(
    struct half_view *half, const char *id, const char *expected);

/* SIGINT or SIGTERM, then exit status 0, and the file is gone. The half may
 * be stopped: then it goes on, and finds a signal. */
void fifo_expect_clean_end(
    struct half_view *half, int number, const char *file);

/* A leftover at the name is no reason to end; it was replaced. */
void fifo_expect_start(struct half_view *half);
void fifo_expect_replaced(struct half_view *half, const char *file);

/* The bystander was not touched. */
void fifo_expect_bystander(
    struct half_view *half, const char *file, int is_folder, const char *id);

/* It ends, says why, and has printed nothing. */
void fifo_expect_refusal(struct half_view *half);

/* It ends with status 2: without a NAME, and with one that is none. */
void fifo_expect_usage(const char *program);

/* Whole runs of a server: something else stands at the name; it cannot print
 * "ready". In the end nothing is left, and no server. */
void fifo_refuse_names(const char *program);
void fifo_print_to_nobody(const char *program);

/* Whole runs of a client: without a server, whatever its input (left: what is
 * there, or NULL); with a bystander at NAME. */
void fifo_run_without_server(const char *program, const char *left);
void fifo_run_with_bystander(const char *program, int is_folder);

#endif
