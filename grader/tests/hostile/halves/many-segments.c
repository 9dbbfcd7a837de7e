/*
 * many-segments.c - makes as many segments as there can be
 *
 * play: main 05 client
 * play: last 05 server
 * play: ready 05 buffer_server
 */
static void
attack(void)
{
    for (int i = 0; i < 10000; i++) {
        int id = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
        if (id == -1)
            break;
        if (i < 100) {
            char *at = shmat(id, NULL, 0);
            if (at != (char *)-1)
                at[0] = 'x';
            shmctl(id, SHM_LOCK, NULL);
        }
    }
}
