/*
 * doctor.h - what this machine can do, and what would mend it
 */
#ifndef DOCTOR_H
#define DOCTOR_H

#include "target.h"

/* Prints a line for each thing that the grader needs.
 * Returns 0 if all is there, else -1. */
int doctor(void);

/* The compiler is there: 0. Else says what to do and returns -1. */
int doctor_compiler(const struct target *target);

#endif
