/*
 * sanitizer-options.c - turns the sanitizers off, in the source
 *
 * play: 01 server most=0
 * play: 02 client most=0
 */
const char *__asan_default_options(void);
const char *__asan_default_suppressions(void);

const char *
__asan_default_options(void)
{
    return "detect_leaks=1:exitcode=0:log_path=/work/x:sleep_before_dying="
           "1000000:sleep_after_init=1000000:allocator_may_return_null=1";
}

__attribute__((no_sanitize("address", "undefined"), optimize("O3"))) int
main(void)
{
    volatile char *nowhere = (char *)8;
    return *nowhere;
}
