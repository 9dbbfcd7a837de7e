/*
 * words.h - a line of strace taken to pieces (see spelling.h)
 */
#ifndef WORDS_H
#define WORDS_H

#include <stddef.h>

#include "strace_text.h"

enum {
    WORDS_LIMIT = 12
};

/* "read(3</work/x>, ""..., 5) = 0" */
struct words {
    const char *name;                  /* "read" */
    const char *word[WORDS_LIMIT + 1]; /* "3", """"...", "5", then "" */
    int n;
    int has_more;       /* it has not returned, and strace does not know all */
    const char *result; /* "0"; "" if it has not returned */
    char path[96];      /* of the first descriptor: "/work/x", else "" */
    char text[STRACE_TEXT];
};

/* Takes the text of a call to pieces. Returns 0, or -1 if it is none. */
int words_split(struct words *words, const char *text);

/* Replaces a word outside of strings wherever it occurs. */
void words_replace(char *text, const char *from, const char *to);

/* Is it a file of the system or of the kit: the loader's, a library's? */
int words_is_system(const char *path);

#endif
