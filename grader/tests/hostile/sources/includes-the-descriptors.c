/*
 * includes-the-descriptors.c - the compiler reads its own descriptors, and those of who started it
 *
 * play: 02 client
 */
#include "/dev/fd/63"
#include "/proc/1/fd/0"
#include "/proc/self/fd/0"
#include "/proc/self/fd/1"
#include "/proc/self/fd/10"
#include "/proc/self/fd/2"
#include "/proc/self/fd/3"
