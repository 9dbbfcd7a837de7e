/*
 * lines-that-lie.c - says that its lines are those of others
 *
 * play: 02 client
 * play: 03 server
 */
#line 1 "/kit/lab.h\033[2J\n500/500"
int a = "x";
#line 4294967295 "solutions/02-anonpipe/posix/client.c"
int b = "y";
#line 2147483647 "../../../../../etc/passwd"
int c = "z";
# 1 "labs/lab.h" 1 3 4
int d = "w";
#line 0 ""
int e = ;
