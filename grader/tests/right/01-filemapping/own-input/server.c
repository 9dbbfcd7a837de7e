/*
 * server.c - reads its input with stdio, one byte at a time
 */
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static char full_name[NAME_SIZE];
static char empty_name[NAME_SIZE];

static void
clean_up(void)
{
    sem_unlink(full_name);
    sem_unlink(empty_name);
}

/* Like read_line(). */
static long
get_line(char *line)
{
    int byte;
    long length = 0;

    while ((byte = getchar()) != EOF && byte != '\n') {
        if (length == TEXT_LIMIT)
            return LINE_TOO_LONG;
        line[length++] = (char)byte;
    }
    if (ferror(stdin))
        return LINE_ERROR;
    return byte == EOF && length == 0 ? LINE_END : length;
}

static struct board *
map_file(const char *name)
{
    int fd = open(name, O_CREAT | O_RDWR, S_IRUSR | S_IWUSR);

    if (fd == -1 || fchmod(fd, 0600) == -1 ||
        ftruncate(fd, (off_t)sizeof(struct board)) == -1)
        die("open %s", name);
    void *memory = mmap(
        NULL, sizeof(struct board), PROT_WRITE | PROT_READ, MAP_SHARED, fd, 0);
    if (memory == MAP_FAILED)
        die("mmap %s", name);
    return memory;
}

int
main(int argc, char *argv[])
{
    char line[TEXT_LIMIT];
    uint32_t serial = 0;
    long length;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    struct board *board = map_file(argv[1]);
    snprintf(full_name, sizeof full_name, FULL_FORMAT, argv[1]);
    snprintf(empty_name, sizeof empty_name, EMPTY_FORMAT, argv[1]);
    umask(0);
    clean_up();
    atexit(clean_up);
    sem_t *full = sem_open(full_name, O_CREAT | O_EXCL, 0600, 0);
    sem_t *empty = sem_open(empty_name, O_CREAT | O_EXCL, 0600, 1);
    if (full == SEM_FAILED || empty == SEM_FAILED)
        die("sem_open");
    if (printf("ready\n") < 0 || fflush(stdout) == EOF)
        die("write");
    do {
        length = get_line(line);
        while (sem_wait(empty) == -1)
            continue;
        for (long i = 0; i < length; i++)
            board->text[i] = line[i];
        board->serial = ++serial;
        board->length = length < 0 ? BOARD_END : (uint32_t)length;
        if (msync(board, sizeof *board, MS_SYNC) == -1 || sem_post(full) == -1)
            die("board");
    } while (length >= 0);
    while (sem_wait(empty) == -1)
        continue;
    if (length == LINE_TOO_LONG)
        diex("line %lu is longer than %d bytes", (unsigned long)serial,
            TEXT_LIMIT);
    if (length == LINE_ERROR)
        diex("standard input cannot be read");
    sem_close(full);
    sem_close(empty);
    return 0;
}
