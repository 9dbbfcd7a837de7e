/*
 * wine_line.h - where in its source a Windows program was
 */
#ifndef WINE_LINE_H
#define WINE_LINE_H

#include <stddef.h>
#include <stdint.h>

#include "relay.h"

/* Writes " (server.c line 57)": the line that address belongs to in the program
 * of that path; nothing if that cannot be told, or if it is in lab.c. */
void wine_tell_line(
    const char *path, uint64_t address, char *text, size_t size);

/* Writes "page fault on read access to 0 (server.c line 57)", at most
 * CRASH_SIZE bytes: how Wine has seen the half end, or a program of that path
 * that it has started; "" if it ended well. */
void wine_tell_crash(
    const char *path, const struct relay *relay, int is_child, char *text);

#endif
