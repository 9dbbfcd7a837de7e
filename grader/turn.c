/*
 * turn.c - see turn.h
 */
#include "turn.h"

static const char *const words[] = {
    [TURN_KEYS] = "-turn",
    [TURN_PORTS] = "-ports",
    [TURN_NAMES] = "-names",
};

int
turn_take(struct place *place, enum turn turn)
{
    return place_of_user(place, words[turn], 1);
}
