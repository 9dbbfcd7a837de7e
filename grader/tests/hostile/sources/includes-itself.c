/*
 * includes-itself.c - includes itself twice at each level
 *
 * play: 02 client
 */
#include __FILE__
#include __FILE__
