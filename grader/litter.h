/*
 * litter.h - what sem_open(3) leaves in /dev/shm when its process is killed
 *
 * glibc makes a new semaphore under a random name, "sem." and six letters, and
 * then links it to the right one: whoever is ended between the two leaves a
 * file that does not tell whose it is. Where everything in /dev/shm is the
 * item's, nobody needs to know.
 */
#ifndef LITTER_H
#define LITTER_H

#include <sys/types.h>

/* Before anything is started: what is there is somebody else's. */
void litter_begin(void);

/* Remembers the files of that kind that a process holds, which is about to be
 * killed; or all our descendants. */
void litter_note(pid_t pid);
void litter_note_all(void);

/* Removes those. */
void litter_sweep(void);

#endif
