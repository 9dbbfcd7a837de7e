/*
 * includes-the-compiled.c - is the program that the compiler is writing
 *
 * play: 02 client
 */
__asm__(".incbin \"../work/client.o\"");
__asm__(".incbin \"../work/out\"");
