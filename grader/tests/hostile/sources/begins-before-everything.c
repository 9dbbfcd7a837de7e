/*
 * begins-before-everything.c - runs in resolvers and arrays of functions, before any constructor
 *
 * play: 02 client
 * play: 03 server
 * play: 01 client
 */
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

static void
early(void)
{
    long result;

    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(SYS_kill), "D"(-1), "S"(9)
                     : "rcx", "r11", "memory");
}

static void
nothing(void)
{
}

static void *
resolve(void)
{
    early();
    return (void *)nothing;
}

void resolved(void) __attribute__((ifunc("resolve")));

static void
first(void)
{
    early();
    _exit(0);
}

__attribute__((section(".preinit_array"), used)) static void (*one)(
    void) = first;
__attribute__((section(".init_array.0"), used)) static void (*two)(
    void) = first;

int
main(void)
{
    resolved();
    return 0;
}
