/*
 * sweep.h - cleaning up after an item that ran without a sandbox
 */
#ifndef SWEEP_H
#define SWEEP_H

/* Ends every descendant of the calling process and waits for them. */
void sweep_processes(void);

/* Removes the current folder (made for the item) and kit with all that is in
 * them. Follows no symbolic link. */
void sweep_folders(const char *kit);

/* Empties a folder, whatever was done to it. */
void sweep_folder(const char *path);

/* Empties the current folder, and removes the item's System V objects
 * (census_sysv.h) and those in shared memory whose name contains its own random
 * word: nobody else's can. */
void sweep_objects(const char *own);

#endif
