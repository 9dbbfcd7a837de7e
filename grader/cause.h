/*
 * cause.h - tells in words why a pair is stuck
 */
#ifndef CAUSE_H
#define CAUSE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "hang.h"
#include "relay.h"

/* Who plays which part: what the grader knows of a half that it started. */
struct part {
    pid_t pid; /* 0: not started, or ended */
    char name[24];
    uint64_t input;   /* inode of the pipe that the grader feeds */
    int is_fed;       /* the grader still holds the writing end of it */
    const char *path; /* of the program */
    const struct relay *relay; /* what Wine has told; NULL: nothing */
};

/* Writes a sentence for each thread that waits, the root of the trouble first,
 * and the id of the mistake that was proved ("" if none was; diagnosis.h). */
void cause_tell(const struct hang *hang, const struct part *parts,
    size_t nparts, char *id, size_t id_size, char *text, size_t size);

#endif
