/*
 * carries-memory.c - carries memory, and what has no end
 *
 * play: 02 client
 */
__asm__(".incbin \"/proc/self/mem\"");
__asm__(".incbin \"/dev/zero\"");
__asm__(".incbin \"/proc/kcore\"");
