/*
 * huge-array.c - a program of a gigabyte
 *
 * play: 02 client
 * play: 01 server
 */
char array[1 << 30] = {1};
