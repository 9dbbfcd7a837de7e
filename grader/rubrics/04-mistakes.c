/*
 * 04-mistakes.c - mistakes with letters that have a name (diagnosis.h)
 */
#include <stddef.h>

#include "mistakes.h"

const struct diagnosis mistakes_04[] = {
    {"AP7", NULL, 0,
        "bytes are printed that do not belong to this message: what read() or "
        "recv() brings does not end with a NUL, so strlen(), \"%s\" and puts() "
        "go on into what an older one has left",
        "print as many bytes as the call has returned"},
    {"MS1", "04-mailslot", 3,
        "a message that is longer than the buffer is cut, and recv() does not "
        "say so",
        "receive into a buffer that is one byte larger than the limit: who "
        "fills it is too long (or ask for MSG_TRUNC)"},
    {"MS3", "04-mailslot", 2,
        "whether a slot at NAME is a leftover is told by connect() and by "
        "nothing else: success means that its owner is alive, ECONNREFUSED "
        "that he has gone",
        "connect another socket to the name first, and remove it only after "
        "ECONNREFUSED"},
    {"MS5", "04-mailslot", 3,
        "a message over the limit can come, since anybody can send: it is "
        "neither printed nor counted",
        "compare the length with the limit before you print, drop the message "
        "and say so"},
    {"MS6", "04-mailslot", 6,
        "a full mailbox is no error: send() waits until there is room, unless "
        "it is told not to",
        "send() without MSG_DONTWAIT and O_NONBLOCK, and check what it "
        "returns"},
    {"MS7", NULL, 0,
        "an empty message is a message, and an empty line a line: 0 is not the "
        "end here",
        "go on after 0 bytes; only -1 means that nothing came"},
    {"MS10", NULL, 0,
        "TIMEOUT is the longest wait for a message; 0, or none, means no "
        "limit",
        "wait for what is left of the time with poll(); without a limit do not "
        "call it, or give it -1"},
    {"MS13", "04-mailslot", 1,
        "a stream has no messages: several that are sent come out as one, and "
        "a client must connect before the server accepts",
        "make datagram sockets in both halves: SOCK_DGRAM"},
    {"MS15", "04-mailslot", 6,
        "more was sent than the line has: its end, a NUL or the rest of the "
        "buffer",
        "send as many bytes as read_line() has returned"},
    {"MS16", NULL, 0,
        "TIMEOUT is counted from \"ready\" and then anew from each message "
        "that "
        "was printed",
        "set the deadline again after each printed message"},
    {"MS17", "04-mailslot", 5,
        "the client learns only from its first message whether there is a "
        "server",
        "connect() before you read the first line, and check the result"},
    {"MS18", "04-mailslot", 1,
        "the slot is a datagram socket that is bound to NAME, and here is none",
        "socket(AF_UNIX, SOCK_DGRAM, 0), then bind() to the name"},
    {"MS19", NULL, 0, "a letter was not sent, and nobody has noticed",
        "check what send() returns: -1 means that this letter was not sent"},
    {"MS20", "04-mailslot", 8,
        "names share ports, so a letter that arrives may be for somebody else",
        "compare the first bytes with NAME, the NUL behind it included, after "
        "you have checked that there are so many"},
    {"MS21", "04-mailslot", 2,
        "only a socket can be a leftover slot: connect() is refused by files "
        "and FIFOs, too",
        "look with lstat() first, and remove nothing but sockets"},
    {"SO2", NULL, 0,
        "the bytes of a port stand in an address in network byte order, which "
        "is not that of the processor",
        "address.sin_port = htons(port)"},
    {"SO3", "04-mailslot", 7,
        "an address and port belong to the first who binds them, unless "
        "everybody agrees to share",
        "setsockopt() SO_REUSEADDR before bind()"},
    {"SO10", "04-mailslot", 10,
        "a socket may not send to a broadcast address before it was allowed to",
        "setsockopt() SO_BROADCAST before connect() and send()"},
    {"SO11", "04-mailslot", 7,
        "what is sent to the broadcast address reaches only sockets that are "
        "bound to it, and there is no other address that reaches everybody",
        "use DOMAIN_ADDRESS in both halves"},
    {NULL, NULL, 0, NULL, NULL},
};
