/*
 * equivalent.h - the list of mutants that no test can tell from the original
 *
 *     # a comment
 *     02-anonpipe/server.c run_child drop-call: close(server.to_child[1])
 *         Why that makes no difference to anybody,
 *         in one or more lines that begin with a space.
 */
#ifndef EQUIVALENT_H
#define EQUIVALENT_H

#include <stdio.h>

/* Reads the list at path and prints its keys, one in a line.
 * Returns 0, or -1 after it has said what is wrong, and where: a key without a
 * reason, a reason without a key, a key that is there twice. */
int equivalent_print(const char *path, FILE *stream);

#endif
