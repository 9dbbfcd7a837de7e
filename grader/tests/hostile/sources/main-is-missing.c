/*
 * main-is-missing.c - nothing begins
 *
 * play: 02 client
 */
int nothing;
