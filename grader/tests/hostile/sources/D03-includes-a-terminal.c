/*
 * D03-includes-a-terminal.c - the compiler reads a terminal for ever
 *
 * play: 03 server
 * play: 01 client
 */
#include "/dev/ptmx"
