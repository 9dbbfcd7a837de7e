/*
 * escapes.c - prints what moves a terminal's cursor, its title and its reader
 *
 * play: main 03 server
 * play: main 02 client
 * play: main 01 client
 * play: first 05 client
 */
static void
attack(void)
{
    static const char text[] =
        "\033[2J\033[1;1H\033]0;title\a\033[8m\x9b"
        "31m\xe2\x80\xae"
        "\xc2\x9b"
        "2J\r\b\b\x7f\xf0\x9f\x92\xa9\xed\xa0\x80\xc0\xaf\xff\v\f"
        "\x1bP1;1|\x1b\\ready\n\0after\n";

    (void)!write(1, text, sizeof text);
    (void)!write(2, text, sizeof text);
}
