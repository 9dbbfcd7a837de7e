/*
 * phrases.h - what the rubrics of several labs say
 */
#ifndef PHRASES_H
#define PHRASES_H

#include <stddef.h>
#include <sys/types.h>

#include "expect.h"

/* Adds to the row "run" of a lost item what else was done, at this point. */
void note(const char *what);

/* How long that row is, and: what came after that is told no more. */
size_t noted(void);
void forget(size_t since);

/* Waits until there is nothing to do. Whoever spins or sleeps instead loses
 * the item that is about that, but not others. */
void settle(struct half_view *half);

/* The same, but everybody may be waiting with a timeout. */
void settle_for_now(struct half_view *half);

/* What a wait has come to: after it, settle() may not wait again. */
void note_restless(unsigned int outcome);

/* n lines "0 1a2b3c\n", none like another; word stands before the number. The
 * caller frees them. */
char *many_lines(const char *word, int n);

/* The half's standard output is a full disk: it fails, and says so. line: what
 * it should have printed. */
void expect_write_error(struct half_view *half, const char *line);

/* Nobody reads the half's standard output any more (START_CLOSED: from the
 * beginning). When it has to print the next line, it fails, and says so. */
void hang_up(struct half_view *half);
void expect_broken_pipe(struct half_view *half);

/* The same, and what was done is noted. */
void expect_pipe_error(struct half_view *half);

/* The half, which has ended, has printed the secret word n, in whatever line.
 * Only of one that does its work it means anything what it does not do. */
void expect_word(struct half_view *half, int n);

/* The half prints what has become of its only line: as long as it can, it
 * works. */
void expect_work(struct half_view *half, int n);

/* After START_FOLDER: its standard input cannot be read. It says so, and prints
 * nothing. */
void expect_read_error(struct half_view *half);

/* It has said nothing on standard error so far. why: "all has gone well". */
void expect_no_complaint(struct half_view *half, const char *why);

/* The object of the work folder has mode 0600. Call it after START_UMASK. */
void expect_private(struct half_view *half, const char *file);

/* What the grader has put under NAME is still there, and still that kind. */
void expect_untouched(struct half_view *half, mode_t kind, const char *what);

/* SIGINT or SIGTERM, then exit status 0 and nothing left but what stays (up
 * to NULL). */
void expect_end_by_signal(struct half_view *half, int number);

/* The half's descriptor fd, or NULL. */
const struct census_fd *find_fd(const struct census_process *process, int fd);

/* What the census says of the half's own process, or NULL. Valid until the
 * next request. */
const struct census_process *find_process(const struct half_view *half);

/* The half holds the object (inode) with that access (or O_RDWR): the
 * descriptor, or NULL. */
const struct census_fd *find_open(
    const struct half_view *half, uint64_t inode, int access);

#endif
