/*
 * includes-devices.c - the compiler reads other things that have no end
 *
 * play: 03 server
 */
#include "/dev/stdin"
#include "/dev/tty"
#include "/dev/zero"
#include "/proc/kmsg"
