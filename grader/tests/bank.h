/*
 * bank.h - the hostile bank: what attacks the grader, and in whose place
 *
 * grader/tests/hostile/halves/NAME.c is an attack(), sources/NAME.c a source
 * as it stands, sources/NAME.sh a script that makes one (in the folder of the
 * halves; KIT and TREE say where things are). In each a line says in place of
 * which half it is graded:
 *
 *     play: WHEN LAB HALF [most=POINTS] [alone] [slow]
 *
 * WHEN (not for sources) is when attack() runs:
 *     main    instead of all work, after a server's "ready"
 *     mute    the same without "ready"
 *     first   before main() of the reference
 *     last    after it, in a destructor
 *     ready   whenever the reference has printed a line
 *     thread  beside the reference, in a thread of it
 *     child   beside the reference, in a child of it
 *
 * alone: where the walls are not namespaces one item runs at a time, as what
 * items leave for others that run beside them is not kept from these.
 * slow: it takes minutes, or more than the walls should allow; only HOSTILE_ALL
 * tries it.
 */
#ifndef BANK_H
#define BANK_H

#include <stddef.h>

struct bank_row {
    char path[160];
    char when[16]; /* "" for a source */
    char lab[64];
    char half[32];
    const char *platform;
    int is_alone;
    int is_slow;
    int most; /* points that it may win, -1: what the work is worth */
};

/* Reads the rows of all files that match, up to limit. Returns how many. */
size_t bank_read(struct bank_row *rows, size_t limit, const char *pattern);

/* Makes a tree with the reference's halves and the row's one.
 * Returns 0, or -1. */
int bank_make_tree(const struct bank_row *row, const char *tree);

/* A word for the row, and for its files: "NAME-WHEN-LAB-HALF". */
void bank_name(const struct bank_row *row, char name[160]);

#endif
