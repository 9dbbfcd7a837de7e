/*
 * silences-the-sanitizer.c - tells the sanitizers to look away, then steps out of its memory
 *
 * play: main 01 server
 * play: main 02 client
 * play: first 05 client
 */
const char *__asan_default_options(void);
const char *__ubsan_default_options(void);

const char *
__asan_default_options(void)
{
    return "exitcode=0:halt_on_error=0:log_path=/dev/null:verify_asan_link_"
           "order=0:abort_on_error=0:help=1";
}

const char *
__ubsan_default_options(void)
{
    return "exitcode=0:halt_on_error=0:log_path=/dev/null";
}

static void
attack(void)
{
    setenv("ASAN_OPTIONS", "exitcode=0", 1);
    volatile char *more = malloc(8);
    more[8] = 'x';
}
