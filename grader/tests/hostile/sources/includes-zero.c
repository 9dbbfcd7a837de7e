/*
 * includes-zero.c - the compiler reads zeros until it has no memory
 *
 * play: 02 client
 */
#include "/dev/zero"
