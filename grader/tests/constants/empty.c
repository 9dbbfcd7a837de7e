/* empty.c - does nothing */
int
main(void)
{
    return 0;
}
