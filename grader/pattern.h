/*
 * pattern.h - a sequence of bytes for tests that move megabytes
 *
 * It is never stored whole: feeder and checker make the piece they need.
 */
#ifndef PATTERN_H
#define PATTERN_H

#include <stddef.h>
#include <stdint.h>

/* Makes size bytes of the sequence of seed, beginning with byte number at.
 * Every byte value occurs; a byte lost, doubled or moved shows. */
void pattern_fill(uint64_t seed, uint64_t at, char *bytes, size_t size);

/* The next number of a stream of random numbers (splitmix64). */
uint64_t pattern_random(uint64_t *state);

#endif
