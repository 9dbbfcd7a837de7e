/*
 * macro-argument-bomb.c - macros that call each other with ever longer arguments
 *
 * play: 02 client
 */
#define E(...) E1(E1(E1(E1(__VA_ARGS__))))
#define E1(...) E2(E2(E2(E2(__VA_ARGS__, __VA_ARGS__))))
#define E2(...) E3(E3(E3(E3(__VA_ARGS__, __VA_ARGS__))))
#define E3(...) E4(E4(E4(E4(__VA_ARGS__, __VA_ARGS__))))
#define E4(...) __VA_ARGS__, #__VA_ARGS__
const char *text[] = {E("x")};
