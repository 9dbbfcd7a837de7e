/*
 * users.c - see users.h
 */
#include "users.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "keeper.h"
#include "lab.h"

static struct keeper_news news;

const char *
users_problem(void)
{
    return news.why;
}

/* Sends the order with its descriptors: one, or two, and the files. The last
 * file of an item is the warden, of which the keeper has its own. Returns the
 * lease, or -1. */
static int
ask(struct keeper_order *order, const struct sandbox_file *files, size_t n,
    int one, int two)
{
    int fds[KEEPER_FDS];
    size_t nfds = 0;

    fds[nfds++] = one;
    if (two != -1)
        fds[nfds++] = two;
    order->nfiles = (uint32_t)n;
    for (size_t i = 0; i < n; i++) {
        memcpy(order->file[i].path, files[i].path, sizeof files[i].path);
        order->file[i].mode = files[i].mode;
        fds[nfds++] = files[i].image;
    }
    memset(&news, 0, sizeof news);
    news.place = -1;
    return keeper_ask(order, fds, nfds);
}

/* Returns 0, or -1 if the guard has ended without a word. */
static int
hear(int lease)
{
    return read_all(lease, &news, sizeof news) == (ssize_t)sizeof news ? 0 : -1;
}

/* Everything is gone when the guard has closed its end. */
static void
give_back(int lease)
{
    char byte;

    shutdown(lease, SHUT_WR);
    while (read(lease, &byte, 1) > 0 || errno == EINTR)
        errno = 0;
    close(lease);
}

int
users_enter(struct sandbox *sandbox, const struct sandbox_file *files, size_t n,
    int socket, const char *word, const char *wine)
{
    struct keeper_order order = {.kind = KEEPER_ITEM};

    (void)word, (void)wine;
    sandbox->lease = ask(&order, files, n - 1, socket, -1);
    if (sandbox->lease == -1)
        return -1;
    if (hear(sandbox->lease) == 0 && news.place != -1) {
        sandbox->number = news.place;
        sandbox->pid = news.pid;
        return 0;
    }
    give_back(sandbox->lease);
    return -1;
}

void
users_leave(struct sandbox *sandbox)
{
    give_back(sandbox->lease);
}

int
users_run(const char *script, const struct sandbox_file *files, size_t n,
    int output, int messages)
{
    struct keeper_order order = {.kind = KEEPER_RUN};

    if (strlen(script) >= sizeof order.script)
        return -1;
    strcpy(order.script, script);
    int lease = ask(&order, files, n, output, messages);
    if (lease == -1)
        return -1;
    int result = hear(lease) == 0 && news.place != -1 ? news.status : -1;
    give_back(lease);
    return result;
}
