/*
 * cache.h - programs that have been built, kept for the next time
 *
 * In a folder that is nobody else's. Several graders may use it at the same
 * time, and any of them may be killed. What cannot be kept is built anew.
 */
#ifndef CACHE_H
#define CACHE_H

#include <stddef.h>

enum {
    CACHE_LIMIT = 64 << 20 /* bytes, of all together */
};

/* Chooses the folder, a descriptor; -1, as in the beginning: nothing is kept. */
void cache_use(int folder);

/* Finds what was kept for exactly this key: writes it to the empty image, and
 * its messages, a string that has room for size bytes. Returns 1 if it is there
 * and whole, else 0. */
int cache_find(
    const char *key, size_t length, int image, char *messages, size_t size);

/* Keeps a program. Those that were used longest ago are removed if all
 * together become more than CACHE_LIMIT. */
void cache_keep(
    const char *key, size_t length, int image, const char *messages);

#endif
