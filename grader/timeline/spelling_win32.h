/*
 * spelling_win32.h - calls of Windows programs, as people write them
 */
#ifndef SPELLING_WIN32_H
#define SPELLING_WIN32_H

#include <stddef.h>
#include <stdint.h>

#include "relay.h"

/* "ReleaseSemaphore(0x34 semaphore Local\n1, 1, 0)": the object is named behind
 * its handle. Of ReadFile() and WriteFile() only the size is told, their third
 * argument: "ReadFile(8 stdin, 4096 bytes)". */
void spelling_win32_call(
    char *text, size_t size, const struct relay_told *told);

/* "TRUE", "0x34", "WAIT_TIMEOUT"; "" if it returns nothing. */
void spelling_win32_result(
    char *text, size_t size, const struct relay_call *call);

/* "ERROR_BROKEN_PIPE", or "error 1234" if no lab meets it. */
void spelling_win32_error(char *text, size_t size, uint32_t error);

#endif
