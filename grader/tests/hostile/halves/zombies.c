/*
 * zombies.c - leaves hundreds of zombies, and children that leave zombies
 *
 * play: main 03 server
 * play: ready 03 server
 * play: child 01 server
 */
static void
attack(void)
{
    for (int i = 0; i < 600; i++)
        if (fork() == 0) {
            if (i % 7 == 0 && fork() == 0)
                _exit(1);
            _exit(0);
        }
    pause();
}
