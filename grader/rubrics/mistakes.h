/*
 * mistakes.h - each lab's own mistakes (NN-mistakes.c), up to an id of NULL
 */
#ifndef MISTAKES_H
#define MISTAKES_H

#include "diagnosis.h"

extern const struct diagnosis mistakes_01[];
extern const struct diagnosis mistakes_02[];
extern const struct diagnosis mistakes_03[];
extern const struct diagnosis mistakes_04[];
extern const struct diagnosis mistakes_05[];
extern const struct diagnosis mistakes_01_win32[];
extern const struct diagnosis mistakes_02_win32[];
extern const struct diagnosis mistakes_04_win32[];
extern const struct diagnosis mistakes_03_win32[];

#endif
