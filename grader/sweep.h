/*
 * sweep.h - cleaning up after an item that ran without a sandbox
 */
#ifndef SWEEP_H
#define SWEEP_H

#include <sys/types.h>

/* Ends every descendant of the calling process and waits for them. */
void sweep_processes(void);

/* Removes the current folder (made for the item) and kit with all that is in
 * them. Follows no symbolic link. */
void sweep_folders(const char *kit);

/* Makes the current folder as new (folder.h); removes one. Files are removed with
 * the rights of the caller. */
void sweep_work(void);
void sweep_whole(const char *folder);

/* Makes the current folder as new, and removes the item's System V objects
 * (census_sysv.h) and those in shared memory whose name contains its own random
 * word: nobody else's can. "": all of them, in a sandbox. */
void sweep_objects(const char *own);

/* Removes all that belongs to a user in System V IPC, shared memory, message
 * queues and /tmp. From then on census_sysv() is about that user. */
void sweep_user(uid_t user);

/* Ends all processes that stand in a folder, or below it. */
void sweep_standing(const char *folder);

#endif
