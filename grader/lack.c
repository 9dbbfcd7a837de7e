/*
 * lack.c - see lack.h
 */
#include "lack.h"

#include <string.h>

const struct lack *
lack_find(const struct lacks *lacks, const char *path)
{
    for (size_t i = 0; i < lacks->n; i++)
        if (strcmp(lacks->lack[i].path, path) == 0)
            return &lacks->lack[i];
    return NULL;
}
