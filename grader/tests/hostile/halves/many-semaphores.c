/*
 * many-semaphores.c - makes as many sets and undo records as there can be
 *
 * play: main 05 server
 * play: last 05 buffer_client
 * play: ready 05 buffer_server
 */
static void
attack(void)
{
    for (int i = 0; i < 40000; i++) {
        int id = semget(IPC_PRIVATE, 200, IPC_CREAT | 0600);
        struct sembuf up = {(unsigned short)(i % 200), 1, SEM_UNDO};
        if (id == -1)
            break;
        if (i < 2000)
            semop(id, &up, 1);
    }
}
