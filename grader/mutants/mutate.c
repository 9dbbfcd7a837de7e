/*
 * mutate.c - makes all single mutations of a C source
 *
 *     clang -Xclang -ast-dump=json -fsyntax-only FLAGS FILE.c |
 *         mutate NAME FILE.c FOLDER
 *
 * prints a line for each mutation (mutations.h) and writes the mutated sources
 * to FOLDER/1.c, ...; NAME is what the keys begin with.
 *
 *     mutate LIST
 *
 * prints the keys of the list of equivalent mutants (equivalent.h).
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "equivalent.h"
#include "operators.h"

enum {
    TROUBLE = 2
};

static int
mutate(const char *name, const char *path, const char *folder)
{
    struct syntax syntax;

    if (syntax_read(&syntax, path, stdin) == -1)
        return TROUBLE;
    struct mutations mutations = {.syntax = &syntax};
    operators_apply(&mutations);
    mutations_print(&mutations, name, stdout);
    int result = mutations_write(&mutations, folder);
    if (result == -1)
        fprintf(stderr, "mutate: %s: %s\n", folder, strerror(errno));
    mutations_free(&mutations);
    syntax_free(&syntax);
    return result == -1 ? TROUBLE : 0;
}

int
main(int argc, char *argv[])
{
    if (argc == 4)
        return mutate(argv[1], argv[2], argv[3]);
    if (argc == 2)
        return equivalent_print(argv[1], stdout) == -1 ? TROUBLE : 0;
    fprintf(stderr, "usage: mutate NAME FILE.c FOLDER < TREE\n"
                    "       mutate LIST\n");
    return TROUBLE;
}
