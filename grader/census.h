/*
 * census.h - what exists in the sandbox, and who holds it open or mapped
 *
 * Taken by the warden from inside; read by the items.
 */
#ifndef CENSUS_H
#define CENSUS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "census_socket.h"

enum {
    CENSUS_FILES = 64,
    CENSUS_PROCESSES = 40,
    CENSUS_FDS = 64,
    CENSUS_MAPS = 16,
    CENSUS_NAME = 72
};

/* A file, or a named semaphore or shared memory object (both are files). */
struct census_file {
    char where[8]; /* "work", "shm", "mqueue" or "tmp" */
    char name[CENSUS_NAME];
    mode_t mode;
    uint64_t inode;
    int64_t size;
    int32_t value; /* of a semaphore, -1 if it is none */
};

struct census_fd {
    int32_t fd;
    int32_t access;  /* O_RDONLY, O_WRONLY or O_RDWR */
    mode_t mode;     /* its kind: S_IFIFO, S_IFSOCK, S_IFREG ... */
    uint64_t inode;  /* 0 if unknown */
    char target[64]; /* as the kernel names it: "pipe:[123]", "/work/x" */
    struct census_socket socket;
};

struct census_map {
    uint64_t start;
    uint64_t size;
    uint64_t offset;
    uint64_t inode;
    char access[8]; /* "rw-s" */
    char path[CENSUS_NAME];
};

struct census_process {
    pid_t pid;
    pid_t parent;
    int32_t half; /* whose process it is, -1 for a child of one */
    char state;   /* as in /proc/PID/stat: R, S, D, Z, T ... */
    char name[16];
    uint32_t fds;
    uint32_t maps; /* of files in the work folder or shared memory */
    struct census_fd fd[CENSUS_FDS];
    struct census_map map[CENSUS_MAPS];
};

/* Where other users' files are about: only this one's are listed. */
void census_begin(uid_t user);

/* Bytes that the files of that user take in shared memory. */
uint64_t census_weight(void);

/* Lists files in the work folder, in /dev/shm and in /dev/mqueue; outside a
 * sandbox only those of the last two whose name contains the word own.
 * Never follows a symbolic link. Returns how many, at most CENSUS_FILES. */
size_t census_files(struct census_file *files, const char *own);

/* Fills process from /proc; half is left to the caller.
 * Returns 0, or -1 if there is no such process (any more). */
int census_process(pid_t pid, struct census_process *process);

/* The file in /dev/shm with the inode, or NULL: a semaphore's name cannot be
 * told from /proc/PID/maps, since sem_open() maps it under another name. */
const char *census_shm_name(uint64_t inode);

#endif
