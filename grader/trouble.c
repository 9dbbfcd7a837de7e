/*
 * trouble.c - see trouble.h
 */
#include "trouble.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "text.h"

int
trouble(const char *format, ...)
{
    char line[4096];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    for (char *c = line; (c = strchr(c, '\n')) != NULL; c++)
        *c = c[1] == '\0' ? '\0' : ' ';
    fputs("grade: ", stderr);
    text_show(stderr, line, strlen(line));
    fputc('\n', stderr);
    return -1;
}
