/*
 * macro-bomb.c - two to the power of thirty tokens
 *
 * play: 02 client
 * play: 03 server
 */
#define A(x) x x
#define B(x) A(A(A(A(A(x)))))
#define C(x) B(B(B(B(B(B(x))))))
int many[] = {C(1, ) 0};
