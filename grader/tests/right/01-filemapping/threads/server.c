/*
 * server.c - one thread reads the input, another one publishes it
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

/* One line on its way from the reader to the publisher. */
static struct {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    int is_full;
    ssize_t length;
    char text[TEXT_LIMIT];
} slot = {
    .mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

static struct board *board;
static sem_t *full;
static sem_t *empty;
static char full_name[NAME_SIZE];
static char empty_name[NAME_SIZE];
static unsigned long lines;

static void *
read_lines(void *argument)
{
    char line[TEXT_LIMIT];
    ssize_t length;

    do {
        length = read_line(line, sizeof line);
        pthread_mutex_lock(&slot.mutex);
        while (slot.is_full)
            pthread_cond_wait(&slot.changed, &slot.mutex);
        if (length > 0)
            memcpy(slot.text, line, (size_t)length);
        slot.length = length;
        slot.is_full = 1;
        lines++;
        pthread_cond_signal(&slot.changed);
        pthread_mutex_unlock(&slot.mutex);
    } while (length >= 0);
    return argument;
}

static void
wait_for(sem_t *semaphore)
{
    while (sem_wait(semaphore) == -1 && errno == EINTR)
        continue;
}

static void
remove_semaphores(void)
{
    sem_unlink(full_name);
    sem_unlink(empty_name);
}

/* Returns the length of what was published, negative for the end. */
static ssize_t
publish(void)
{
    wait_for(empty);
    pthread_mutex_lock(&slot.mutex);
    while (!slot.is_full)
        pthread_cond_wait(&slot.changed, &slot.mutex);
    ssize_t length = slot.length;
    if (length >= 0)
        memcpy(board->text, slot.text, (size_t)length);
    slot.is_full = 0;
    pthread_cond_signal(&slot.changed);
    pthread_mutex_unlock(&slot.mutex);
    board->length = length >= 0 ? (uint32_t)length : BOARD_END;
    board->serial += 1;
    if (msync(board, sizeof *board, MS_SYNC) == -1) {
        complain("msync");
        remove_semaphores();
        exit(1);
    }
    sem_post(full);
    return length;
}

static void
set_up(const char *name)
{
    umask(077);
    int fd = open(name, O_RDWR | O_CREAT, 0600);
    if (fd == -1 || ftruncate(fd, sizeof *board) == -1)
        die("%s", name);
    board =
        mmap(NULL, sizeof *board, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (board == MAP_FAILED)
        die("mmap %s", name);
    memset(board, 0, sizeof *board);
    remove_semaphores();
    full = sem_open(full_name, O_CREAT | O_EXCL, 0600, 0);
    empty = sem_open(empty_name, O_CREAT | O_EXCL, 0600, 1);
    if (full == SEM_FAILED || empty == SEM_FAILED) {
        complain("sem_open %s", name);
        remove_semaphores();
        exit(1);
    }
}

/* Says what is wrong before the semaphores go; returns the exit status. */
static int
finish(ssize_t length)
{
    if (length == LINE_TOO_LONG)
        fprintf(stderr, "server: line %lu is longer than %d bytes\n", lines,
            TEXT_LIMIT);
    else if (length == LINE_ERROR)
        complain("read standard input");
    remove_semaphores();
    return length == LINE_END ? 0 : 1;
}

int
main(int argc, char *argv[])
{
    pthread_t reader;
    ssize_t length;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    snprintf(full_name, sizeof full_name, FULL_FORMAT, argv[1]);
    snprintf(empty_name, sizeof empty_name, EMPTY_FORMAT, argv[1]);
    set_up(argv[1]);
    if (put_line("ready", 5) == -1) {
        complain("write");
        return finish(LINE_END) + 1;
    }
    errno = pthread_create(&reader, NULL, read_lines, NULL);
    if (errno != 0) {
        complain("pthread_create");
        return finish(LINE_END) + 1;
    }
    do
        length = publish();
    while (length >= 0);
    wait_for(empty);
    pthread_join(reader, NULL);
    munmap(board, sizeof *board);
    return finish(length);
}
