/*
 * places.h - places for items that run side by side on one machine
 *
 * Without namespaces of their own, items are kept apart by numbers: of user
 * ids, of ports. Whoever has a place has its number for himself; others, of this
 * grader or another one, get other numbers. A place is a locked file in a
 * folder that only its owner can enter. Who dies with it leaves the file, and
 * in it what is to be removed.
 */
#ifndef PLACES_H
#define PLACES_H

enum {
    PLACES = 64,
    PLACE_PATH = 64
};

struct place {
    int number;            /* 0 to PLACES - 1 */
    int fd;                /* its file, locked */
    char folder[40];       /* where the file is */
    char left[PLACE_PATH]; /* folder of an item that did not end well, or "" */
};

/* Takes a free place from the folder, which is made if need be: for us alone,
 * else it is refused. first: the number to begin with.
 * Returns 0, or -1 with errno set: EBUSY if none is free, EPERM if the folder
 * is somebody else's. */
int place_take(struct place *place, const char *folder, int first);

/* Waits until place 0 is free, and takes it. Returns 0, or -1 with errno. */
int place_wait(struct place *place, const char *folder);

/* The same in a folder of this user's, in /tmp, that has the word in its name:
 * takes a free place, or waits for place 0. */
int place_of_user(struct place *place, const char *word, int is_patient);

/* Remembers the item's folder, for whoever has to clean up if we cannot. */
int place_note(const struct place *place, const char *path);

/* Gives the place back, and removes its file, and the last one the folder. */
void place_give(struct place *place);

#endif
