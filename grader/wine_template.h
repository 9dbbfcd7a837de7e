/*
 * wine_template.h - the template of Wine's prefix (grader/wine/template.sh)
 */
#ifndef WINE_TEMPLATE_H
#define WINE_TEMPLATE_H

#include <stddef.h>

/* Finds the template of this machine's Wine, or makes it: with the user's own
 * rights, so before they are given up. root: the kit's folder. Writes its path.
 * Returns 0, or -1 after it has said what is missing. */
int wine_template(const char *root, char *path, size_t size);

#endif
