/*
 * signals-of-descriptors.c - has the kernel signal the warden and the other half
 *
 * play: main 03 server
 * play: first 03 client
 * play: first 01 server
 * play: last 02 client
 */
static int fds[2];

static void
aim(pid_t pid)
{
    for (int fd = 0; fd < 3; fd++) {
        fcntl(fd, F_SETOWN, pid);
        fcntl(fd, F_SETSIG, SIGKILL);
        fcntl(fd, F_SETFL, O_ASYNC | O_NONBLOCK);
    }
    fcntl(fds[0], F_SETOWN, pid);
    fcntl(fds[0], F_SETSIG, SIGKILL);
    fcntl(fds[0], F_SETFL, O_ASYNC);
    (void)!write(fds[1], "x", 1);
}

static void
attack(void)
{
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == -1)
        return;
    everybody(aim);
    for (int fd = 0; fd < 3; fd++) {
        fcntl(fd, F_SETOWN, 0);
        fcntl(fd, F_SETFL, 0);
    }
}
