/*
 * errors-without-number.c - thousands of errors, and warnings that nothing limits
 *
 * play: 02 client
 */
#define W(n)                                                                   \
    _Pragma("GCC warning \"a warning of many, as long as a line may be, and "  \
            "then some more of it\"")
#define W4(n) W(n) W(n) W(n) W(n) W(n) W(n) W(n) W(n)
#define W16(n) W4(n) W4(n) W4(n) W4(n) W4(n) W4(n) W4(n) W4(n)
#define W64(n) W16(n) W16(n) W16(n) W16(n) W16(n) W16(n) W16(n) W16(n)
#define W256(n) W64(n) W64(n) W64(n) W64(n) W64(n) W64(n) W64(n) W64(n)
W256(1) W256(2) W256(3)
