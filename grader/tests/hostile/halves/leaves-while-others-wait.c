/*
 * leaves-while-others-wait.c - takes the turn of the semaphores and goes with them
 *
 * play: ready 01 server
 * play: last 01 client
 * play: last 05 buffer_client
 * play: main 05 buffer_client
 */
static void
attack(void)
{
    DIR *dir = opendir("/dev/shm");
    struct dirent *entry;
    char name[300];

    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        if (strncmp(entry->d_name, "sem.", 4) != 0)
            continue;
        snprintf(name, sizeof name, "/%s", entry->d_name + 4);
        sem_t *semaphore = sem_open(name, 0);
        for (int i = 0; semaphore != SEM_FAILED && i < 100; i++)
            sem_trywait(semaphore);
    }
    for (int id = 0; id < 20; id++)
        for (unsigned short n = 0; n < 3; n++) {
            struct sembuf down = {n, -1, IPC_NOWAIT};
            while (semop(id, &down, 1) == 0)
                continue;
        }
    kill(getpid(), SIGKILL);
}
