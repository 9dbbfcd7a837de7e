/*
 * skip.h - tests that need what this machine has not
 */
#ifndef SKIP_H
#define SKIP_H

/* Are the tests of Windows programs skipped: was the kit built without them
 * (PLATFORM), or is Wine not installed? Counts n tests then. */
int skip_win32(int n);

/* Says how many were skipped, and why; nothing if there were none. */
void skip_tell(void);

/* Says at the end that n tests are skipped: of what, and why. */
void skip_others(int n, const char *what, const char *why);

#endif
