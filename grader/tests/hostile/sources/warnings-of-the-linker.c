/*
 * warnings-of-the-linker.c - has the linker say what it likes
 *
 * play: 02 client
 * play: 03 server
 */
__attribute__((section(".gnu.warning.puts"), used)) const char said[] =
    "\033[2J\033[1;1H500/500\n\x9b"
    "31m \xe2\x80\xae nothing is wrong";
int puts(const char *text);
int f(void) __asm__("evil\\n500/500\\033[2J");

int
main(void)
{
    puts("x");
    return f();
}
