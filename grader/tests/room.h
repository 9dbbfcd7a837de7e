/*
 * room.h - what several suites need: fixtures, a scratch folder, a sandbox
 */
#ifndef ROOM_H
#define ROOM_H

#include <sys/types.h>

#include "pair.h"
#include "sandbox.h"

/* Runs a command with sh(1). Returns its exit status, -1 if it has none. */
int run_shell(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Path of a program of grader/tests/fixtures. Valid until the next call. */
const char *fixture(const char *program);

/* Unchecked fixtures: a fresh folder, removed whatever the tests do. Its path,
 * and that of a file in it (valid for seven more calls). */
void scratch_enter(void);
void scratch_leave(void);
const char *scratch(const char *file);

/* A word for names of objects that nobody else has: removed, as a semaphore
 * and as a shared memory object, by scratch_leave(). */
const char *own_word(void);

/* Starts a fixture as our child, with arguments up to NULL. */
pid_t fixture_start(const char *program, ...) __attribute__((sentinel));

/* Ends all descendants and waits for them. */
void end_descendants(void);

/* Checks that no line is longer than 80 columns and every character prints. */
void check_page(const char *text);

/* Checked fixtures: a sandbox with all the fixtures as programs of the student
 * and of the reference, for pair.h. The test has given up root's rights. */
void room_enter(void);
void room_leave(void);

/* The same without walls, and with those of walls.h; with WALLS_USERS the test
 * must have been started as root. */
void room_enter_bare(void);
void room_enter_users(void);
void room_enter_landlock(void);

/* Another such sandbox: room is about that one from now on. */
void room_again(void);

/* A sandbox with Wine, and the fixture "ways" as the student's program. */
void room_enter_wine(void);

/* What such a sandbox is made of; root's rights are given up. Returns the image
 * of the warden. */
int room_wine(struct sandbox_file files[3], char *template, size_t size);

/* The first user id of such items (keeper_choose). */
extern unsigned int room_ids;

/* Its process outside. */
extern struct sandbox room;

/* Runs a shell script inside as the student's program and waits for its end.
 * Returns its standard output, valid until the next request. */
const char *room_shell(const char *script);

/* The next whole output of the half, once it has ended. */
const char *room_output(struct half_view *half);

#endif
