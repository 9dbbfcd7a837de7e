/*
 * probe.h - what this machine allows, before anything of a submission has run
 */
#ifndef PROBE_H
#define PROBE_H

/* Can system calls be watched in a sandbox (control.h)? A program of ours is
 * started as items start theirs. warden: its image. Returns 1, 0 if that is
 * refused, or -1: no sandbox answers. */
int probe_calls(int warden);

#endif
