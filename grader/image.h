/*
 * image.h - a program in memory, on its way into a sandbox
 *
 * The sandboxes never see the folder that a program came from, and the grader
 * that dropped root's rights need not be able to read it any more.
 */
#ifndef IMAGE_H
#define IMAGE_H

#include <stddef.h>

/* An image is a descriptor of memfd_create(2); -1 stands for none. */

/* An empty image to be filled by write(). Returns it, or -1. */
int image_new(void);

/* Copies a regular file, at most limit bytes. Returns the image, or -1. */
int image_load(const char *path);

/* Another descriptor for the image, which reads from the start and does not
 * share its position with any other. Returns it, or -1. */
int image_open(int image);

/* Writes the image to a new file. Returns 0, or -1. */
int image_save(int image, const char *path, unsigned int mode);

#endif
