/*
 * verdict.h - what is told about a lost item
 */
#ifndef VERDICT_H
#define VERDICT_H

#include <stdint.h>

/* In memory that the item shares with the grader: an item that loses ends in
 * _exit(), and Check's own message is one line only. Texts are bytes of
 * programs that are not trusted, but already escaped (text.h). */
struct verdict {
    char run[400];
    char expected[400];
    char got[400];
    char said[400]; /* by the half, on standard error */
    char why[1400];
    int outcome; /* of the last wait for a half (wire.h) */
    int is_skipped;
    int is_unreached;  /* the lab had used up its time (budget.h) */
    int is_ungradable; /* it needs a program that was not built (lack.h) */
    int is_theirs;     /* a student's program has run in this sandbox */
    int is_wine_gone;  /* its server has ended meanwhile */
    uint64_t burnt;    /* processor time of its programs, in ns */
    uint64_t slept;    /* ms in which all of them waited for a clock */
    int started;       /* programs, won or lost: for the benchmark */
    char remark[240];  /* what costs nothing, but should be known */
    char id[8];        /* of the diagnosis, "" if there is none (diagnosis.h) */
};

#endif
