/*
 * includes-random.c - the compiler reads noise, and would show it
 *
 * play: 02 client
 */
#include "/dev/urandom"
