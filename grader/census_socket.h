/*
 * census_socket.h - what a socket of another process is, and what lies in it
 */
#ifndef CENSUS_SOCKET_H
#define CENSUS_SOCKET_H

#include <stddef.h>
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
 * (pidfd_getfd(2): we must be allowed to trace the process), or if there can be
 * none, as far as the kernel tells of other people's sockets (socket_diag.h).
 * Returns 0, or -1 with errno set, then found->family is 0. */
int census_socket(pid_t pid, int fd, struct census_socket *found);

/* Our own copy of a descriptor of the process, or -1 with errno set. */
int census_take_fd(pid_t pid, int fd);

/* May copies be made here? Docker's default profile forbids it. */
int census_can_take_fd(void);

/* Where they may not, has_timeout is what we are told: the process is about to
 * set a limit of time for a socket, or to take it away. */
void census_socket_time(pid_t pid, int fd, int is_timed);

/* Nobody tells us: from now on every socket may have one. */
void census_socket_time_unknown(void);

/* Writes a name of AF_UNIX from the bytes of an address, or one of AF_INET from
 * the address in network order, and a port. */
void census_socket_name(char name[SOCKET_NAME], const char *path, size_t size);
void census_inet_name(
    char name[SOCKET_NAME], uint32_t address, unsigned int port);

#endif
