/*
 * binary.h - is a program of the kit all there?
 */
#ifndef BINARY_H
#define BINARY_H

#include <stddef.h>

/* Is it an ELF or PE file, program or object, with all that its headers tell
 * of? Of one that was cut short something is always missing: the names of its
 * symbols or sections come last. */
int binary_is_whole(const void *bytes, size_t size);

/* The same of an image (image.h). */
int binary_image_is_whole(int image);

#endif
