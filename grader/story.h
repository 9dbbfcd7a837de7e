/*
 * story.h - a sentence about one thread that waits, as it is being told
 */
#ifndef STORY_H
#define STORY_H

#include <sys/types.h>

#include "cause.h"
#include "hang.h"

enum {
    SENTENCE = 320
};

struct story {
    const struct hang *hang;
    const struct part *parts;
    size_t nparts;
    char id[8];
    char text[SENTENCE];
};

/* Adds words to the sentence. */
void story_say(struct story *story, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* What is told proves the mistake of that id (diagnosis.h). */
void story_prove(struct story *story, const char *id);

/* The part that the process plays, or NULL: a half's child. */
const struct part *story_part(const struct story *story, pid_t pid);

/* "server", or the name of a program that a half has started. */
const char *story_name(const struct story *story, pid_t pid);

/* The calls in which a Windows program waits. Returns 0 if none is known. */
int story_win32(struct story *story, const struct part *part);

/* The same of a process that such a half has started. */
int story_win32_child(struct story *story, pid_t pid);

/* Does a thread of the process wait in such a call? */
int story_is_in(const struct story *story, pid_t pid, enum wait_kind kind);

/* Does anybody wait for input that the grader could still send? */
int story_has_input(const struct story *story);

/* Waits for a System V queue or semaphore set. */
void story_sysv(struct story *story, const struct hang_thread *thread);

/* Waits for a socket, to read from it or to write to it. */
int story_is_socket(pid_t pid, int fd);
void story_socket(struct story *story, pid_t pid, int fd, int is_writing);

/* Names what is behind a descriptor: its FIFO "x", its socket "x", fd 5. */
void story_object(struct story *story, pid_t pid, int fd);

/* Waits to read a pipe: whoever can write there keeps it waiting. */
void story_read(struct story *story, pid_t pid, int fd);

/* Waits to write a full pipe: whoever could read there does not. */
void story_write(struct story *story, pid_t pid, int fd);

/* A half waits for something else, and what was sent to it lies in a pipe:
 * nobody else will ever read it. That proves id. */
void story_unread(struct story *story, pid_t pid, const char *id);

#endif
