/*
 * attack_win32.h - before every hostile half that Wine runs
 */
#include "lab.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tlhelp32.h>

static void attack(void);

/* A system call of Linux, past Wine: the other world's walls must hold, too. */
__attribute__((unused)) static intptr_t
raw(intptr_t number, intptr_t a, intptr_t b, intptr_t c, intptr_t d)
{
    intptr_t result;
    register intptr_t fourth __asm__("r10") = d;

    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(fourth)
                     : "rcx", "r11", "memory");
    return result;
}
