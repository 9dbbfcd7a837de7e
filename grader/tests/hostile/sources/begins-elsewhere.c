/*
 * begins-elsewhere.c - replaces what begins every program
 *
 * play: 02 client
 */
void _start(void);
int __libc_start_main(void);

int
__libc_start_main(void)
{
    __builtin_trap();
}

int
main(void)
{
    return 0;
}
