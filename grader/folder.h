/*
 * folder.h - a folder that anybody could do anything to, as new
 */
#ifndef FOLDER_H
#define FOLDER_H

#include <sys/types.h>

/* Removes all that is in it, however deep, and whatever its owner has done to
 * the rights; then its mode is set, its times are now, and it has no extended
 * attributes. is_kept: names that stay, or NULL. Nothing is followed. */
void folder_renew(const char *path, mode_t mode, int (*is_kept)(const char *));

/* Removes a file of the folder of descriptor at, or a folder with all that is
 * in it. Nothing is followed. */
void folder_remove(int at, const char *name);

#endif
