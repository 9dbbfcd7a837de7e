/*
 * turn.h - whose turn it is, where items share what a machine has only once
 *
 * Without namespaces System V keys, ports and names in /dev/shm are everybody's.
 * Halves that do as they are told keep to their item's own; but keys are made of
 * 16 bits of a file's number, and who takes a name of his own choice for all
 * items must not win or lose by what else runs at the time. So whoever uses one
 * of these kinds has it for himself, of all items on the machine.
 */
#ifndef TURN_H
#define TURN_H

#include "places.h"

enum turn {
    TURN_NONE, /* nothing is shared */
    TURN_KEYS, /* of System V objects */
    TURN_PORTS,
    TURN_NAMES /* in /dev/shm */
};

/* Waits for the turn. Returns 0, or -1 with errno set. It is given back by
 * place_give(). */
int turn_take(struct place *place, enum turn turn);

#endif
