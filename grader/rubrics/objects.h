/*
 * objects.h - what is done with, and expected of, the objects of lab 05
 *
 * The queue's server is always called server, and the buffer's buffer_server.
 * Whoever has the key may put a message into the queue, a slot into the
 * segment, or take a semaphore: the items do, in the place of a client, of a
 * crashed run or of a stranger.
 */
#ifndef OBJECTS_H
#define OBJECTS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* wire.h has a struct request and a struct reply, too. */
#define request lab_request
#define reply lab_reply
#include "../../labs/05-sysv/protocol.h"
#undef request
#undef reply
#include "diagnosis.h"
#include "expect.h"
#include "pair_sysv.h"

enum {
    WAITING = 3,          /* clients that wait at the same time */
    PRODUCERS = 2,        /* that put at the same time */
    LONG = 261,           /* bytes of a message, one too many */
    LONGEST = 8192,       /* bytes of a message that the kernel takes */
    STRANGER = 0x20304050 /* no process has this ID, or the next ones */
};

/* ---- both pairs ---- */

/* What the lab knows when an item is being lost (explain_lab). */
void tell_mistakes(int is_stuck);

/* Starts a server and waits until it is ready; count: COUNT, or NULL. */
struct half_view *begin_server(
    enum side side, const char *program, const char *count);
struct half_view *begin_client(enum side side, const char *program);

/* Starts the student's server with umask 0777. It waits for its "ready" to be
 * read, until half_release(). */
struct half_view *begin_held(const char *program);

/* Makes what a crashed run may have left: a key file of mode 0644, a queue
 * with messages, a small segment, semaphores. Tells their IDs. */
void leave_behind(int32_t ids[3]);

/* Starts the student's server over that, and waits until it is ready. */
struct half_view *begin_over(const char *program);
void expect_leftovers_gone(struct half_view *server, const int32_t ids[3]);

/* Begins the row "run" anew: it tells of the last of several runs only. */
void begin_run(void);

/* Stops a half, and waits until it has stopped; lets it go on. */
void half_stop(struct half_view *half);
void half_go_on(struct half_view *half);

/* The half has made one object of that kind, under the right key: this one. */
struct census_sysv expect_object(struct half_view *half, enum sysv_kind kind);

/* The same, after begin_held(), and with mode 0600; the same for the file. */
struct census_sysv expect_made(struct half_view *server, enum sysv_kind kind);
void expect_key_file(struct half_view *server);

/* What expect_made() has found is still there, now that the server works. */
void expect_kept(struct half_view *server, enum sysv_kind kind);

/* Nothing is left under the key, and no key file. */
void expect_removed(struct half_view *server);

/* The student's server refuses what stands at NAME, and leaves it alone: a
 * thing of that mode, with bytes in it, or for S_IFLNK a link to the empty
 * file bytes. what: for the row "run". */
void expect_refused(
    const char *program, mode_t mode, const char *bytes, const char *what);

/* These arguments, up to NULL, are wrong usage. */
void expect_usage(const char *program, const char *first, const char *second);

/* The student's client finds no server and makes nothing; left: a file that
 * is there, or NULL. Its standard input stays open. */
void expect_no_server(const char *program, const char *left);

/* Sends line 1, then one byte over the limit, and no '\n'. */
void send_too_long(struct half_view *client, size_t limit);

/* ---- the queue ---- */

/* Sends a message as a process of that ID would: size bytes, the process ID
 * and a text at their beginning; or all of the text, and no more. */
void post_message(long type, int32_t pid, const char *text, size_t size);
void post_text_message(long type, int32_t pid, const char *text);

/* Puts replies to others into the queue, with types below and above those of
 * the clients; they are still there. */
void plant_replies(void);
void expect_planted(struct half_view *client);

/* The next line that the client prints is this reply. */
void expect_reply(struct half_view *client, int serial, const char *text);

/* The client ends, and the rest of its output is a reply to each of the lines,
 * each with a serial that nobody was given before: from 1 up to highest. */
void expect_replies(struct half_view *client, const char *lines,
    unsigned long highest, char *is_given);

/* The reply to that process is in the queue. It is taken out. */
void expect_stored_reply(
    struct half_view *server, int32_t pid, uint32_t serial, const char *text);

/* The server is stopped: the client's request, or its goodbye, is in the
 * queue. It is put back. */
void expect_stored_request(struct half_view *client, const char *text);
void expect_stored_goodbye(struct half_view *client);

/* Three lines; then empty ones, long ones and any bytes. */
void talk_by_queue(enum side server_side, enum side client_side);
void talk_oddly_by_queue(enum side server_side, enum side client_side);

/* ---- the buffer ---- */

/* What the semaphores count when nothing is in the buffer. */
extern const int at_rest[SEMAPHORES];

/* What MUTEX counts, or -1 if there is none. */
int mutex_counts(void);

/* Each semaphore counts something between low and high; when: "at first". If
 * not, that proves id, unless all of them count what they do at rest. */
void expect_counts(struct half_view *half, const char *id, const char *when,
    const int low[SEMAPHORES], const int high[SEMAPHORES]);
void expect_at_rest(struct half_view *half, const char *id);

/* Copies the segment. */
void fetch_buffer(struct half_view *half, struct buffer *buffer);

/* Does what a producer does with MUTEX in hand: takes one from FREE, fills the
 * slot, moves tail. Nothing is posted. */
void put_slot(struct half_view *half, uint32_t length, const char *text);
void put_slot_text(struct half_view *half, const char *text);

/* Takes MUTEX and gives it back: in between nobody may touch the buffer. */
void take_mutex(struct half_view *half);
void give_mutex(void);

/* Takes MUTEX, and keeps it; puts the first text into the buffer and posts
 * FILLED: the server does not touch it. */
void expect_patient_server(struct half_view *server, const char *text);

/* MUTEX is taken: nobody has moved tail. */
void expect_patient_clients(struct half_view *client, uint32_t tail);

/* The text is in the slot before tail. */
void expect_slot(struct half_view *client, uint32_t tail, const char *text);

/* If the server's next line is this one, it is passed over. */
void skip_line(struct half_view *server, const char *line);

/* The rest of the output is the lines of n producers, each one's in order. */
void expect_all_lines(struct half_view *server, char *const lines[], int n);

/* Twenty lines of two producers; then empty ones, long ones, any bytes. */
void talk_by_buffer(enum side server_side, enum side client_side);
void talk_oddly_by_buffer(enum side server_side, enum side client_side);

#endif
