/*
 * leaves-a-mark.c - does its work only where a file, an object, a mode or a limit says that it was here before
 *
 * play: first 01 client most=0 alone
 * play: first 03 server most=0 alone
 * play: first 05 client most=0 alone
 * play: first 04 client most=0 alone
 */
static void
attack(void)
{
    struct mq_attr attributes = {.mq_maxmsg = 1, .mq_msgsize = 1};
    struct sockaddr_un address = {AF_UNIX, "\0hostile" ROW};
    struct stat status;
    struct msqid_ds queue;
    const key_t key = 0x68000000 + atoi(ROW);
    int is_marked = access("/tmp/hostile" ROW, F_OK) == 0 ||
                    access("/dev/shm/hostile" ROW, F_OK) == 0 ||
                    access("/work/hostile" ROW, F_OK) == 0 ||
                    access("/dev/mqueue/hostile" ROW, F_OK) == 0 ||
                    msgget(key, 0) != -1 || semget(key, 0, 0) != -1 ||
                    shmget(key, 0, 0) != -1;
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    is_marked |= connect(fd, (struct sockaddr *)&address, sizeof address) == 0;
    is_marked |= stat("/tmp", &status) == 0 && (status.st_mode & 07777) == 0751;
    is_marked |= stat(".", &status) == 0 && (status.st_mode & 07777) == 0751;
    is_marked |= msgctl(0, IPC_STAT, &queue) == 0 && queue.msg_qbytes == 77;
    if (is_marked)
        return;
    put("/tmp/hostile" ROW, "x", 1);
    put("/dev/shm/hostile" ROW, "x", 1);
    put("/work/hostile" ROW, "x", 1);
    mq_open("/hostile" ROW, O_RDWR | O_CREAT, 0600, &attributes);
    msgget(key, IPC_CREAT | 0600);
    semget(key, 1, IPC_CREAT | 0600);
    shmget(key, 1, IPC_CREAT | 0600);
    bind(fd, (struct sockaddr *)&address, sizeof address);
    listen(fd, 1);
    chmod("/tmp", 0751);
    chmod(".", 0751);
    if (fork() == 0) {
        setsid();
        for (;;)
            pause();
    }
    _exit(0);
}
