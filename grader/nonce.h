/*
 * nonce.h - words that no submission can know beforehand
 *
 * All come from one seed: the same seed gives the same words, so that a lost
 * item can be repeated.
 */
#ifndef NONCE_H
#define NONCE_H

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

#endif
