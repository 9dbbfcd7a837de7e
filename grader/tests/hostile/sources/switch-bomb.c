/*
 * switch-bomb.c - ranges of cases without end
 *
 * play: 02 client
 */
int
main(int n, char *v[])
{
    (void)v;
    switch ((unsigned long)n) {
    case 0 ... 0x7fffffffffffffff:
        return 1;
    case 0x8000000000000000 ... 0xfffffffffffffffe:
        return 2;
    }
    static const int big[1 << 20] = {[0 ...(1 << 20) - 1] = 3};
    int local[1 << 28];
    local[n] = big[n];
    return local[n - 1];
}
