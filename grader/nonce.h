/*
 * nonce.h - words that no submission can know beforehand
 *
 * All come from one seed: the same seed gives the same words, so that a lost
 * item can be repeated.
 */
#ifndef NONCE_H
#define NONCE_H

#include <stddef.h>
#include <stdint.h>

/* Chooses the seed of the item that is about to run. */
void nonce_seed(uint64_t seed);

/* The word that the item's objects are named with: fresh for every run. */
const char *name(void);

/* Secret words, the same in one run for the same n; "\n" is not included. */
const char *nonce(int n);

/* nonce(n) as a whole line. */
const char *nonce_line(int n);

/* A random number that is the same in one run for the same n. */
uint64_t nonce_number(int n);

/* A line of any bytes begins with this, and then looks like the second if
 * somebody has taken it for a format of printf(3). */
#define NONCE_PERCENTS "a%%b%%c"
#define NONCE_FORMATTED "a%b%c"

/* Fills a line of at least 10 bytes with bytes of any kind but '\n'. There are
 * nine before the first '\0', no other '%' among them: a line that ends
 * elsewhere was not cut by it, and as a format it needs no argument. */
void nonce_any(char *line, size_t size);

/* Fills a line with letters. */
void nonce_letters(char *line, size_t size);

#endif
