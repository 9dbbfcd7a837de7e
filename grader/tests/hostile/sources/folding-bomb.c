/*
 * folding-bomb.c - expressions that the compiler works out for ever
 *
 * play: 02 client slow
 */
static inline __attribute__((always_inline)) unsigned long
f(unsigned long n)
{
    return n * 3 + 1;
}
#define T(x) f(x) ^ f(f(x)) ^ f(f(f(x)))
#define U(x) T(T(T(x)))
#define V(x) U(U(U(x)))
int
main(int n, char *v[])
{
    (void)v;
    return (int)(V((unsigned long)n));
}
