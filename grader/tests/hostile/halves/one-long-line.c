/*
 * one-long-line.c - prints one line of 2 MB, and empty lines without number
 *
 * play: main 03 server
 * play: main 02 client
 * play: main 01 client
 */
static void
attack(void)
{
    static char line[2 << 20];

    memset(line, '\\', sizeof line);
    (void)!write(1, line, sizeof line);
    (void)!write(2, line, sizeof line);
    memset(line, '\n', sizeof line);
    (void)!write(2, line, sizeof line);
    (void)!write(1, line, sizeof line);
}
