/*
 * takes-the-keys.c - holds every key that the lab could make, and changes what it finds
 *
 * play: main 05 client
 * play: first 05 server
 * play: first 05 buffer_client
 * play: last 05 client
 */
static void
attack(void)
{
    union {
        int value;
        struct msqid_ds *queue;
    } none = {0};
    struct msqid_ds queue;
    struct stat status;

    for (int id = 0; id < 40; id++) {
        if (msgctl(id, IPC_STAT, &queue) == 0) {
            queue.msg_qbytes = 1;
            queue.msg_perm.mode = 0;
            msgctl(id, IPC_SET, &queue);
        }
        for (int n = 0; n < 3; n++)
            semctl(id, n, SETVAL, none);
    }
    for (int i = 0; i < 64; i++)
        if (stat(".", &status) == 0) {
            key_t key = (key_t)(('L' << 24) | ((status.st_dev & 0xff) << 16) |
                                ((status.st_ino + (ino_t)i) & 0xffff));
            msgget(key, IPC_CREAT | 0);
            semget(key, 200, IPC_CREAT | 0);
            shmget(key, 1, IPC_CREAT | 0);
        }
}
