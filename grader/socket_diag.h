/*
 * socket_diag.h - what the kernel tells of a socket without a copy of it
 */
#ifndef SOCKET_DIAG_H
#define SOCKET_DIAG_H

#include <sys/types.h>

#include "census_socket.h"

/* Fills found like census_socket(), for the socket behind a descriptor of the
 * process: from sock_diag(7), and from /proc/PID/net where a kernel tells it of
 * UDP and TCP. Of UDP, queued counts what the kernel needs for the messages,
 * which is more than their bytes. has_timeout stays 0: it is told nowhere.
 * Returns 0, or -1 if there is no such socket. */
int socket_diag(pid_t pid, int fd, struct census_socket *found);

#endif
