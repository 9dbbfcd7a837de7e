/*
 * example.c - a site for each operator of the mutator (operators.h)
 *
 * Its mutations are in example.txt. Comments and texts are left alone, and
 * what a macro is made of: only its use can be mutated.
 */
enum {
    LIMIT = 8
};

#define READ 1
#define WRITE 2
#define TWICE(x) ((x) + (x))

int fetch(int place, int mode);
void die(const char *format, ...);

static struct {
    int fd;
    int used;
} state = {.fd = -1};

static void
calls(int place)
{
    /* Both arguments are numbers; READ is one, TWICE is not. */
    fetch(place, READ | WRITE);
    state.used = TWICE(place);
}

static int
loops(int n)
{
    while (fetch(n, 0) == -1)
        if (n > LIMIT)
            die("n is %d", n + 1);
    do
        n++;
    while (n < sizeof state && state.fd != 3);
    for (;;) {
        if (fetch(n, 2))
            break;
    }
    return n > 1 ? n : 0;
}

int
main(void)
{
    static const char letters[] = "abc";

    calls(loops(letters[0]));
    return 0;
}
