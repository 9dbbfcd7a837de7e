/*
 * includes-secrets.c - has messages show files that are nobody's business
 *
 * play: 03 server
 */
#include "../../../solutions/03-namedpipe/posix/server.c"
#include "../../solutions/03-namedpipe/posix/server.c"
#include "/etc/passwd"
#include "/etc/shadow"
#include "/kit/reference/server"
#include "/proc/1/cmdline"
#include "/proc/self/environ"
