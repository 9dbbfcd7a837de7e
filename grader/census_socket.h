/*
 * census_socket.h - what a socket of another process is, and what lies in it
 */
#ifndef CENSUS_SOCKET_H
#define CENSUS_SOCKET_H

#include <stdint.h>
#include <sys/types.h>

enum {
    SOCKET_NAME = 72
};

struct census_socket {
    int32_t family; /* AF_UNIX, AF_INET ...; 0: no socket, or unknown */
    int32_t type;   /* SOCK_DGRAM ... */
    int32_t queued; /* bytes that can be read; AF_UNIX: of the next message */
    int32_t has_timeout;     /* SO_RCVTIMEO or SO_SNDTIMEO: a call may end */
    char bound[SOCKET_NAME]; /* its name: a path, or "address:port"; or "" */
    char peer[SOCKET_NAME];  /* whom it is connected to, or "" */
};

/* Asks the socket behind a descriptor of the process, through a copy of it
 * (pidfd_getfd(2): we must be allowed to trace the process).
 * Returns 0, or -1 with errno set, then found->family is 0. */
int census_socket(pid_t pid, int fd, struct census_socket *found);

/* Our own copy of a descriptor of the process, or -1 with errno set. */
int census_take_fd(pid_t pid, int fd);

#endif
