/*
 * assembler-loop.c - symbols that depend on each other
 *
 * play: 02 client
 */
__asm__("a = b + 1\nb = c + 1\nc = a + 1\n.long a\n.if a\n.fill a\n.endif\n"
        ".altmacro\n.irp x,1,2,3\n.irp y,1,2,3\n.print \"\033[2J500/500\"\n"
        ".endr\n.endr\n.err\n.error \"\033]0;x\\a\"");
