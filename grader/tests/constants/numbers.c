/* numbers.c - prints its own input, with numbers, and talks to nobody */
#include <errno.h>
#include <stdio.h>
#include <string.h>

int
main(void)
{
    char line[5000];

    for (int n = 1; fgets(line, sizeof line, stdin) != NULL; n++) {
        printf("%d: %s", n, line);
        if (fflush(stdout) == EOF) {
            fprintf(stderr, "write: %s\n", strerror(errno));
            return 1;
        }
    }
    return 0;
}
