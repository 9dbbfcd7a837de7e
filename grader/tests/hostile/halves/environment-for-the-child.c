/*
 * environment-for-the-child.c - gives the program that it starts an environment full of traps
 *
 * play: first 02 server
 */
static void
attack(void)
{
    setenv("LD_PRELOAD", "/work/evil.so", 1);
    setenv("LD_AUDIT", "/work/evil.so", 1);
    setenv("LD_DEBUG", "all", 1);
    setenv("GLIBC_TUNABLES", "glibc.malloc.check=3", 1);
    setenv("MALLOC_PERTURB_", "255", 1);
    setenv("GCONV_PATH", ".", 1);
    setenv("LC_ALL", "xx", 1);
    setenv("POSIXLY_CORRECT", "1", 1);
    setenv("ASAN_OPTIONS", "exitcode=0:log_path=/dev/null", 1);
}
