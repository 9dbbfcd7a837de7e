/*
 * pragmas.c - orders to the compiler
 *
 * play: 02 client
 * play: 01 server
 */
#pragma GCC pch_preprocess "/etc/passwd"
#pragma GCC dependency "/dev/ptmx"
#pragma GCC system_header
#pragma GCC poison main int char
#pragma GCC push_options
#pragma GCC optimize("O3,unroll-all-loops,fplugin=/tmp/x.so")
#pragma GCC target("arch=nothing")
#pragma GCC diagnostic ignored "-Weverything"
#pragma redefine_extname main hostile
#pragma weak exit
#pragma pack(1000000)
int
main(void)
{
    return 0;
}
