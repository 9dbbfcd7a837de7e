/*
 * trouble.h - the one line that stands for a mark that cannot be given
 */
#ifndef TROUBLE_H
#define TROUBLE_H

/* Says on standard error, in one line whatever is in it, what failed.
 * Returns -1. */
int trouble(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
