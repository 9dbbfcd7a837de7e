/*
 * surroundings.h - what the grader was started in, made fit to grade in
 *
 * Whoever starts a program gives it descriptors, signals, an environment and
 * limits. None of them may decide about a mark.
 */
#ifndef SURROUNDINGS_H
#define SURROUNDINGS_H

/* Call first. Descriptors 0 to 2 that are closed are opened, so that no other
 * file gets their numbers (writing to them fails); signals that our children
 * and Check need are neither ignored nor blocked; of the environment only what
 * is meant for us stays. */
void surroundings_settle(void);

/* Raises soft limits as far as so many workers need it. Returns 0, or -1 after
 * it has said which limit is too low. */
int surroundings_raise(int workers);

#endif
