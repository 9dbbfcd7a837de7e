/*
 * D16-four-lines.c - prints any four lines and succeeds
 *
 * play: mute 02 client
 * play: mute 01 client
 * play: mute 05 client
 */
static void
attack(void)
{
    printf("1: a\n2: b\n3: c\n4: d\n");
}
