/*
 * seccomp-strict.c - enters the strict mode of 2005, in which only read and write are left
 *
 * play: first 03 server
 * play: main 01 client
 * play: last 02 client
 */
static void
attack(void)
{
    prctl(PR_SET_SECCOMP, 1, 0, 0, 0);
}
