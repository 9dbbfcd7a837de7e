/*
 * assembler-recursion.c - a macro of the assembler that calls itself
 *
 * play: 02 client
 */
__asm__(".macro again\nagain\nagain\n.endm\nagain");
