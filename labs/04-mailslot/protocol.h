/*
 * protocol.h - what the halves of lab 04 agree on
 */
#ifndef PROTOCOL_H
#define PROTOCOL_H

#include <stdint.h>

enum {
    TEXT_LIMIT = 424, /* bytes in a message, at most: what Windows broadcasts */
    NAME_LIMIT = 64
};

/* Second pair: one UDP datagram carries NAME, '\0' and the text (no '\0'), to
 * the broadcast address of the loopback network. */
#define DOMAIN_ADDRESS "127.255.255.255"

enum {
    DOMAIN_MESSAGE_LIMIT = NAME_LIMIT + 1 + TEXT_LIMIT
};

/* The port of NAME, in the host's byte order: 20000 to 29999. Different names
 * can share a port (the hash is FNV-1a, 32 bits). */
static inline uint16_t
domain_port(const char *name)
{
    uint32_t hash = UINT32_C(2166136261);

    for (; *name != '\0'; name++)
        hash = (hash ^ (unsigned char)*name) * UINT32_C(16777619);
    return (uint16_t)(20000 + hash % 10000);
}

/* The slot on Win32, which has the first pair only. */
#define WIN32_SLOT_FORMAT "\\\\.\\mailslot\\%s"

enum {
    WIN32_NAME_SIZE = 80 /* room for that, '\0' included */
};

#endif
