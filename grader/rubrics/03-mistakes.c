/*
 * 03-mistakes.c - mistakes with named pipes that have a name (diagnosis.h)
 */
#include <stddef.h>

#include "mistakes.h"

const struct diagnosis mistakes_03[] = {
    {"NP1", "03-namedpipe", 9,
        "open() of a FIFO waits until the other end is opened, too: here each "
        "half waits for the other to begin",
        "open your own FIFO with O_RDONLY | O_NONBLOCK, which does not wait"},
    {"NP2", "03-namedpipe", 3,
        "a FIFO is at its end when nobody has it open for writing any more, "
        "and the reader's own descriptor counts",
        "open the FIFO with O_RDONLY only"},
    {"NP3", "03-namedpipe", 6,
        "when nobody has a FIFO open for writing, read() does not wait: it "
        "returns 0 at once, every time",
        "open the FIFO for writing, too, and keep that end until you are "
        "done: then its end never comes"},
    {"NP4", "03-namedpipe", 2,
        "a FIFO is a name in a folder: it stays when the programs have ended, "
        "until somebody removes it",
        "unlink() it on every way out; clean_up_at_end() calls your function "
        "on all of them"},
    {"NP5", "03-namedpipe", 1,
        "mkfifo() fails when the name exists: a FIFO is left from a crashed "
        "run and is yours to replace, anything else is not yours",
        "ask lstat() what stands there: unlink() a FIFO before mkfifo(), "
        "leave anything else alone"},
    {"NP6", "03-namedpipe", 9,
        "open() of a FIFO waits until somebody opens its other end, and "
        "perhaps nobody ever does",
        "open it with O_NONBLOCK: for reading it succeeds at once, for "
        "writing it fails with ENXIO when nobody reads"},
    {"NP8", "03-namedpipe", 8, "a reply went to another client",
        "make the name of the FIFO from the pid in this very request, and "
        "open it for each reply"},
    {"NP9", "03-namedpipe", 0,
        "the halves meet at a named pipe, and something else stands at its "
        "name",
        "make the name with mkfifo()"},
    {"NP11", "03-namedpipe", 8,
        "a client may go at any time: then nobody reads its FIFO any more, "
        "and nobody but the server can remove it",
        "open it with O_WRONLY | O_NONBLOCK; on ENXIO or EPIPE remove its "
        "name and go on"},
    {"NP12", "03-namedpipe", 10,
        "only a single write() of at most PIPE_BUF bytes stays in one piece; "
        "between two, another client's bytes may come",
        "fill the whole struct request first, then write it with one call"},
    {"NP13", "03-namedpipe", 7,
        "requests come whole or not at all, and whoever waits for the rest of "
        "a short one takes it out of the next request",
        "take a request with one read(), and look at what it returns"},
    {"NP14", "03-namedpipe", 10,
        "the end of a client's own FIFO never comes, so that does not tell "
        "that the server has gone",
        "poll() the requests' descriptor, too: POLLERR there means that "
        "nobody reads any more"},
    {"NP15", "03-namedpipe", 4,
        "a client that creates what it does not find only hides that there is "
        "no server",
        "open() without O_CREAT, and no mkfifo() for NAME in the client"},
    {"NP16", "03-namedpipe", 4,
        "a name may stand for a regular file, too, and open() and write() "
        "work there as well",
        "look with fstat() and S_ISFIFO() before you write, and leave O_CREAT "
        "and O_TRUNC out"},
    {"NP17", "03-namedpipe", 9,
        "the server does not wait for a client that is not there yet: whoever "
        "opens his FIFO after the request may miss the reply",
        "make your FIFO and open it for reading before the first request"},
    {"NP18", "03-namedpipe", 0,
        "O_NONBLOCK is still set: where read() and write() should wait they "
        "fail with EAGAIN",
        "take O_NONBLOCK back with fcntl(fd, F_SETFL, 0) after open(), or do "
        "not ask for it"},
    {"SIG1", "03-namedpipe", 0,
        "a signal ends a program at once, and nothing is cleaned up, unless "
        "the program has made itself ready for it",
        "call clean_up_at_end() before you create anything"},
    {NULL, NULL, 0, NULL, NULL},
};
