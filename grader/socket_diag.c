/*
 * socket_diag.c - see socket_diag.h
 */
#include "socket_diag.h"

#include <inttypes.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

enum {
    ANSWER = 4096
};

/* Asks for the AF_UNIX socket with that inode. Returns the size of the answer,
 * or -1. */
static ssize_t
ask_unix(uint64_t inode, char *answer)
{
    struct {
        struct nlmsghdr header;
        struct unix_diag_req request;
    } question;
    struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
    ssize_t n = -1;

    memset(&question, 0, sizeof question);
    question.header.nlmsg_len = sizeof question;
    question.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    question.header.nlmsg_flags = NLM_F_REQUEST;
    question.request.sdiag_family = AF_UNIX;
    question.request.udiag_states = UINT32_MAX;
    question.request.udiag_ino = (uint32_t)inode;
    question.request.udiag_show =
        UDIAG_SHOW_NAME | UDIAG_SHOW_PEER | UDIAG_SHOW_RQLEN;
    memset(question.request.udiag_cookie, 0xff,
        sizeof question.request.udiag_cookie); /* whichever it has */
    int fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
    if (fd == -1)
        return -1;
    if (sendto(fd, &question, sizeof question, 0, (struct sockaddr *)&kernel,
            sizeof kernel) == (ssize_t)sizeof question)
        n = recv(fd, answer, ANSWER, 0); /* the answer is there already */
    close(fd);
    return n;
}

/* What an attribute of the answer tells. Its end is not the end of a string. */
static void
take_attribute(
    const struct rtattr *attribute, struct census_socket *found, uint32_t *peer)
{
    struct unix_diag_rqlen length;
    const void *data = RTA_DATA(attribute);
    size_t size = RTA_PAYLOAD(attribute);

    if (attribute->rta_type == UNIX_DIAG_NAME)
        census_socket_name(found->bound, data, size);
    else if (attribute->rta_type == UNIX_DIAG_PEER && size == sizeof *peer)
        memcpy(peer, data, size);
    else if (attribute->rta_type == UNIX_DIAG_RQLEN && size == sizeof length) {
        memcpy(&length, data, size);
        found->queued = (int32_t)length.udiag_rqueue;
    }
}

static int
diag_unix(uint64_t inode, struct census_socket *found, uint32_t *peer)
{
    _Alignas(struct nlmsghdr) char answer[ANSWER];
    struct unix_diag_msg message;
    const struct nlmsghdr *header = (const struct nlmsghdr *)answer;
    const size_t head = NLMSG_LENGTH(sizeof message);
    ssize_t n = ask_unix(inode, answer);

    if (n < (ssize_t)head || header->nlmsg_len > (size_t)n ||
        header->nlmsg_type != SOCK_DIAG_BY_FAMILY)
        return -1;
    memcpy(&message, answer + NLMSG_HDRLEN, sizeof message);
    found->family = AF_UNIX;
    found->type = message.udiag_type;
    size_t left = header->nlmsg_len - head;
    const struct rtattr *attribute = (const struct rtattr *)(answer + head);
    while (RTA_OK(attribute, left)) {
        take_attribute(attribute, found, peer);
        attribute = RTA_NEXT(attribute, left);
    }
    return 0;
}

/* The tables of /proc/PID/net: what has no name yet is not in them. */
static const struct table {
    const char *name;
    const char *protocol; /* as the kernel calls it */
    int family;
    int type;
} tables[] = {
    {"udp", "UDP", AF_INET, SOCK_DGRAM},
    {"tcp", "TCP", AF_INET, SOCK_STREAM},
    {"udp6", "UDPv6", AF_INET6, SOCK_DGRAM},
    {"tcp6", "TCPv6", AF_INET6, SOCK_STREAM},
};

/* Of a line with two addresses, as numbers of this machine: of AF_INET6 they
 * are not wanted. Returns 1 if it is the socket's. */
static int
take_line(const char *line, const struct table *table, uint64_t inode,
    struct census_socket *found)
{
    uint32_t address[2] = {0, 0};
    unsigned int port[2] = {0, 0};
    unsigned int queued = 0;
    uint64_t number = 0;
    int at = 0;

    if (sscanf(line,
            " %*[^:]: %*[0-9A-F]:%x %*[0-9A-F]:%x %*x %*x:%x %*x:%*x %*x %*u "
            "%*u %" SCNu64,
            &port[0], &port[1], &queued, &number) != 4 ||
        number != inode)
        return 0;
    found->family = table->family;
    found->type = table->type;
    found->queued = (int32_t)queued;
    if (table->family != AF_INET ||
        sscanf(line, " %*[^:]: %" SCNx32 ":%*x %" SCNx32 "%n", &address[0],
            &address[1], &at) != 2)
        return 1;
    census_inet_name(found->bound, address[0], port[0]);
    if (port[1] != 0)
        census_inet_name(found->peer, address[1], port[1]);
    return 1;
}

/* Others may have sockets without number. */
static int
search_table(pid_t pid, const struct table *table, uint64_t inode,
    struct census_socket *found)
{
    char path[64];
    char line[512];
    int is_found = 0;

    snprintf(path, sizeof path, "/proc/%d/net/%s", (int)pid, table->name);
    FILE *stream = fopen(path, "re");
    if (stream == NULL)
        return 0;
    while (!is_found && fgets(line, sizeof line, stream) != NULL)
        is_found = take_line(line, table, inode, found);
    fclose(stream);
    return is_found;
}

static int
diag_inet(pid_t pid, uint64_t inode, const char *protocol,
    struct census_socket *found)
{
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        if (strcmp(tables[i].protocol, protocol) != 0)
            continue;
        found->family = tables[i].family;
        found->type = tables[i].type;
        if (found->family == AF_INET)
            census_inet_name(found->bound, INADDR_ANY, 0);
        search_table(pid, &tables[i], inode, found);
        return 0;
    }
    return -1;
}

static int
diag_local(uint64_t inode, struct census_socket *found)
{
    struct census_socket other;
    uint32_t peer = 0;
    uint32_t unused = 0;

    if (diag_unix(inode, found, &peer) == -1)
        return -1;
    memset(&other, 0, sizeof other);
    if (peer != 0 && diag_unix(peer, &other, &unused) == 0)
        memcpy(found->peer, other.bound, sizeof found->peer);
    return 0;
}

/* To go through the tables takes long, so the kernel is asked first which one
 * it is (net/socket.c: sockfs_xattr_get()). */
int
socket_diag(pid_t pid, int fd, struct census_socket *found)
{
    char path[48];
    char protocol[32];
    struct stat status;

    memset(found, 0, sizeof *found);
    snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)pid, fd);
    ssize_t n =
        getxattr(path, "system.sockprotoname", protocol, sizeof protocol - 1);
    if (n <= 0 || stat(path, &status) == -1)
        return -1;
    protocol[n] = '\0';
    return strncmp(protocol, "UNIX", 4) == 0
               ? diag_local(status.st_ino, found)
               : diag_inet(pid, status.st_ino, protocol, found);
}
