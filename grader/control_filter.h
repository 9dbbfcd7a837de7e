/*
 * control_filter.h - the filters that make calls of a half stop at the warden
 */
#ifndef CONTROL_FILTER_H
#define CONTROL_FILTER_H

#include "filter.h"

/* The filter of a half that is watched: all calls of calls.h stop. has_times:
 * those that give a socket a limit of time, too; of a half that is not watched
 * only those. Made when it is first asked for. NULL with errno set if that is
 * impossible. */
const struct filter *control_filter(int is_watched, int has_times);

#endif
