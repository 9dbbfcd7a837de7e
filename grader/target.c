/*
 * target.c - see target.h; the commands and flags come from the Makefile
 */
#include "target.h"

#include <string.h>

const struct target target_posix = {
    .name = "posix",
    .suffix = "",
    .compiler = HALF_CC,
    .flags = HALF_CFLAGS,
    .builds = 2,
    .more = {HALF_PLAIN, HALF_CHECKED},
    .object = {"labs/half.o", "labs/half_checked.o"},
    .preload = "short.so",
    .setup = "make setup",
    .packages = "gcc libc6-dev",
};

const struct target target_win32 = {
    .name = "win32",
    .suffix = ".exe",
    .compiler = WIN_CC,
    .flags = WIN_CFLAGS,
    .builds = 1,
    .more = {HALF_PLAIN},
    .object = {"labs/half_win32.o"},
    .preload = "aside.so",
    .has_wine = 1,
    .setup = "make setup PLATFORM=win32",
    .packages = "gcc-mingw-w64-x86-64-win32",
};

const struct target *const target_table[] = {
    &target_posix, &target_win32, NULL};

const struct target *
target_find(const char *name)
{
    for (size_t i = 0; target_table[i] != NULL; i++)
        if (strcmp(target_table[i]->name, name) == 0)
            return target_table[i];
    return NULL;
}
