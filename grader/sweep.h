/*
 * sweep.h - cleaning up after an item that ran without a sandbox
 */
#ifndef SWEEP_H
#define SWEEP_H

/* Ends every descendant of the calling process, removes the current folder
 * (made for the item) and kit with all that is in them, and the objects in
 * shared memory whose name contains the item's own random word: nobody else's
 * can. Follows no symbolic link. */
void sweep(const char *kit, const char *own);

/* Ends every descendant and waits for them. */
void sweep_processes(void);

/* Empties a folder, whatever was done to it. */
void sweep_folder(const char *path);

/* Empties the current folder, removes objects as above. */
void sweep_objects(const char *own);

#endif
