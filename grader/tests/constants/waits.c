/* waits.c - is ready and waits; it notices all that can be noticed without
 * doing anything */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
end(int number)
{
    (void)number;
    _Exit(0);
}

int
main(int argc, char *argv[])
{
    char line[5000];

    if (argc < 2 || argc > 4 || argv[1][0] == '\0' || strchr(argv[1], '/')) {
        fputs("usage: NAME\n", stderr);
        return 2;
    }
    signal(SIGINT, end);
    signal(SIGTERM, end);
    puts("ready");
    if (fflush(stdout) == EOF) {
        fprintf(stderr, "write: %s\n", strerror(errno));
        return 1;
    }
    while (fgets(line, sizeof line, stdin) != NULL)
        if (strlen(line) > 1000) {
            fputs("line 1 is too long\n", stderr);
            return 1;
        }
    if (ferror(stdin))
        fprintf(stderr, "read: %s\n", strerror(errno));
    return ferror(stdin) ? 1 : 0;
}
